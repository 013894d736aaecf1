package dev.standing.local.cli;

import dev.standing.gateway.access.KeyCredential;
import dev.standing.local.keys.OwnKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --credentials}, for the commands that talk to a gateway. */
final class CredentialsOption {

    private static final String OWN = ".standing/" + OwnKey.FILE;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            // A line of its own: picocli would break the path behind its dot.
            description = {
                "File with KEY_ID:CREDENTIAL of a key that may do this",
                "(default: " + OWN + ", if it is there and URL is this machine)."
            })
    private @Nullable Path file;

    /** The header of the key in the file that is named, or of that of this machine for a gateway on it. */
    Optional<String> authorization(String gateway) throws IOException {
        if (file != null) {
            return Optional.of(basic(file));
        }
        Path own = Path.of(OWN);
        boolean isHere = Set.of("127.0.0.1", "localhost", "[::1]")
                .contains(URI.create(gateway).getHost());
        return isHere && Files.exists(own) ? Optional.of(basic(own)) : Optional.empty();
    }

    private String basic(Path from) throws IOException {
        if (!Files.isReadable(from)) {
            throw new ParameterException(spec.commandLine(), "--credentials: " + from + " cannot be read");
        }
        return KeyCredential.ofText(Files.readString(from))
                .map(KeyCredential::basic)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--credentials: " + from + " does not hold KEY_ID:CREDENTIAL"));
    }

    /**
     * The URL of a gateway, without slashes at its end.
     *
     * @param option the one that gave it
     */
    static String gateway(CommandSpec spec, String option, String url) {
        String base = url.replaceAll("/+$", "");
        try {
            URI uri = URI.create(base);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + " is no URL: " + url, e);
        }
        throw new ParameterException(spec.commandLine(), option + " must be like http://127.0.0.1:8080, not " + url);
    }
}
