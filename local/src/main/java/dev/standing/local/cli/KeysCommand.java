package dev.standing.local.cli;

import dev.standing.gateway.access.Key;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.gateway.access.KeyFile;
import dev.standing.gateway.access.NewKey;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.access.UnusableKeyException;
import dev.standing.local.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code standing keys}. */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Makes, revokes and lists the keys that upstream systems prove themselves with. A gateway that"
                + " runs follows within seconds.")
final class KeysCommand implements Runnable {

    private static final String LINE = "%-24s %-20s %-12s %-9s %-7s %-20s %s";
    private static final Set<Role> USUAL = EnumSet.of(Role.WRITE, Role.READ);

    private final Console console;
    private final InputStream in;

    @Spec
    private CommandSpec spec;

    KeysCommand(Console console, InputStream in) {
        this.console = console;
        this.in = in;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            name = "create",
            sortOptions = false,
            description = "Makes a key and prints KEY_ID:CREDENTIAL, as curl -u takes it. The credential cannot be"
                    + " told again: the file has a hash of it.")
    int create(
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            defaultValue = ".standing/keys.json",
                            description = "The file of keys; made if it is missing (default: .standing/keys.json).")
                    Path file,
            @Option(
                            names = "--source",
                            paramLabel = "NAME",
                            required = true,
                            description = "The upstream system; its commands and events carry the name.")
                    String source,
            @Option(names = "--key-id", paramLabel = "ID", description = "The key's name (default: one is made up).")
                    @Nullable String keyId,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "write, read or admin; may be given several times (default: write and read).")
                    @Nullable List<Role> roles,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            description = "Requests in a second (default: the gateway's gateway.key.rate).")
                    @Nullable Integer rate,
            @Option(
                            names = "--public-key",
                            paramLabel = "FILE",
                            description = "PEM file of the public key, EC P-256, whose owner signs JSON-RPC payloads"
                                    + " (default: none; they need not be signed).")
                    @Nullable Path publicKey,
            @Option(
                            names = "--credential-stdin",
                            description = "Read the credential from the first line of standard input: at least 32"
                                    + " characters that nobody can guess (default: one is made up).")
                    boolean credentialFromInput)
            throws IOException {
        NewKey wanted = new NewKey(
                Optional.ofNullable(keyId),
                source,
                roles == null ? USUAL : EnumSet.copyOf(roles),
                Optional.ofNullable(rate),
                publicKey == null ? Optional.empty() : Optional.of(pem(publicKey)),
                credentialFromInput ? Optional.of(firstLine()) : Optional.empty());
        KeyCredential made = keys(file).create(wanted);
        console.line(made.text());
        console.error("Key " + made.keyId() + " of " + source + " is in " + file
                + ". Its credential is shown this once; ./standing keys revoke " + made.keyId() + " revokes it.");
        return ExitStatus.OK;
    }

    @Command(name = "revoke", description = "Revokes a key. It stays in the file, and admits nobody any more.")
    int revoke(
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            defaultValue = ".standing/keys.json",
                            description = "The file of keys (default: .standing/keys.json).")
                    Path file,
            @Parameters(paramLabel = "KEY_ID", description = "The key's name.") String keyId)
            throws IOException {
        Instant at = keys(file).revoke(keyId);
        console.line("Key " + keyId + " is revoked since " + at);
        return ExitStatus.OK;
    }

    @Command(name = "list", description = "Lists the keys of a file, revoked ones too.")
    int list(
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            defaultValue = ".standing/keys.json",
                            description = "The file of keys (default: .standing/keys.json).")
                    Path file)
            throws IOException {
        if (Files.notExists(file)) {
            throw new UnusableKeyException(file + " does not exist");
        }
        console.line(LINE.formatted("KEY", "SOURCE", "ROLES", "RATE", "SIGNS", "CREATED", "REVOKED"));
        for (Key key : keys(file).list()) {
            console.line(line(key));
        }
        return ExitStatus.OK;
    }

    private static String line(Key key) {
        return LINE.formatted(
                key.keyId(),
                key.source(),
                key.roles().stream().sorted().map(Role::text).collect(Collectors.joining(",")),
                key.rate().map(rate -> rate + "/s").orElse("-"),
                key.signing().isPresent() ? "yes" : "no",
                text(key.createdAt()),
                text(key.revokedAt()));
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("-");
    }

    private static KeyFile keys(Path file) {
        return new KeyFile(file, InstantSource.system());
    }

    private static String pem(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            throw new UnusableKeyException(file + " does not exist");
        }
    }

    private String firstLine() throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
