package dev.standing.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.checkpoint.Checkpoint;
import dev.standing.audit.checkpoint.LogSummary;
import dev.standing.audit.checkpoint.SigningKey;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.verify.Verification;
import dev.standing.audit.verify.VerificationOptions;
import dev.standing.audit.verify.Verified;
import dev.standing.local.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing audit checkpoint}. */
@Command(
        name = "checkpoint",
        sortOptions = false,
        description =
                "Verifies all of the log, and signs what it is now: a small file, to be kept where nobody who can write"
                        + " the log can write. Later, audit verify --against FILE tells whether the log still is that, and only"
                        + " went on. A log with findings is not signed.")
final class AuditCheckpointCommand implements Callable<Integer> {

    private static final Path OWN_KEY = Path.of("standing-audit.key.pem");
    private static final Path OWN_PUBLIC_KEY = Path.of("standing-audit.pub.pem");

    private final Console console;

    @Mixin
    private final AuditOptions options;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "Where the checkpoint is written: a file that is not there.")
    private Path to;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Private key in PEM, as \"openssl genpkey -algorithm ed25519\" writes it (default:"
                    + " standing-audit.key.pem, which is made if it is not there).")
    private @Nullable Path key;

    AuditCheckpointCommand(Console console) {
        this.console = console;
        this.options = new AuditOptions(console);
    }

    @Override
    public Integer call() throws IOException {
        Checkpoint.refuseUnwritable(to);
        SigningKey signing = key == null ? ownKey() : SigningKey.read(key);
        Verified verified;
        try (AuditLog log = options.open();
                Progress progress = options.progress()) {
            verified = new Verification(log, VerificationOptions.of(Range.ALL, options.threads()), progress).run();
        }
        if (!verified.report().holds()) {
            verified.report().lines().forEach(console::line);
            console.error("Something is wrong with the log: it is not signed.");
            return ExitStatus.FAILED;
        }
        Checkpoint.of(verified.summary(), signing).write(to);
        tell(verified.summary());
        return ExitStatus.OK;
    }

    private void tell(LogSummary summary) {
        if (options.json()) {
            ObjectNode answer = summary.toJson();
            answer.put("file", to.toString());
            options.print(answer);
            return;
        }
        console.line(summary.topic() + ": " + summary.events() + " events of " + summary.customers() + " customers in "
                + summary.partitions().size() + " partitions.");
        console.line("Root " + summary.root());
        console.line("Signed in " + to);
    }

    private SigningKey ownKey() throws IOException {
        if (Files.exists(OWN_KEY)) {
            return SigningKey.read(OWN_KEY);
        }
        SigningKey made = SigningKey.generate();
        made.write(OWN_KEY, OWN_PUBLIC_KEY);
        console.error("A new key was made: " + OWN_KEY + ", which is to be kept secret, and " + OWN_PUBLIC_KEY
                + ", which others check with.");
        return made;
    }
}
