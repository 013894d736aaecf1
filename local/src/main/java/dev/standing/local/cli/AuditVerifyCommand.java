package dev.standing.local.cli;

import dev.standing.audit.checkpoint.Checkpoint;
import dev.standing.audit.checkpoint.SigningKey;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.verify.Against;
import dev.standing.audit.verify.GatewayAnswers;
import dev.standing.audit.verify.Verification;
import dev.standing.audit.verify.VerificationOptions;
import dev.standing.audit.verify.VerificationReport;
import dev.standing.local.console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code standing audit verify}. */
@Command(
        name = "verify",
        sortOptions = false,
        description = "Verifies the log: follows the chain of hashes of every customer, folds its events, and compares"
                + " the result with the topic of customers. Every change, loss, copy, swap and forgery is told with the"
                + " offset of the record at fault. The system may go on meanwhile.")
final class AuditVerifyCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RangeOptions part;

    @Mixin
    private final AuditOptions options;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "Also hold the log against a checkpoint: only that tells a log that was rewritten as a whole. Goes"
                            + " neither with --from nor with --until.")
    private @Nullable Path against;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The key that the checkpoint must be signed with, in PEM (default: the one in the checkpoint,"
                    + " which proves nothing about who signed it).")
    private @Nullable Path publicKey;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "Also ask this gateway about the customers, and compare what it answers.")
    private @Nullable String gateway;

    @Mixin
    private CredentialsOption credentials;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Ask about N customers only, evenly spread (default: all).")
    private @Nullable Long sample;

    @Option(
            names = "--most-findings",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many findings are told one by one; all are counted (default: 1000).")
    private int mostFindings;

    AuditVerifyCommand(Console console) {
        this.console = console;
        this.options = new AuditOptions(console);
    }

    @Override
    public Integer call() throws IOException {
        if (mostFindings < 1) {
            throw new ParameterException(spec.commandLine(), "--most-findings must be at least 1");
        }
        VerificationOptions how = asking(
                holding(VerificationOptions.of(part.range(), options.threads()).withMostFindings(mostFindings)));
        VerificationReport report;
        try (AuditLog log = options.open();
                Progress progress = options.progress()) {
            report = new Verification(log, how, progress).run().report();
        }
        if (options.json()) {
            options.print(report.toJson());
        } else {
            report.lines().forEach(console::line);
        }
        return report.holds() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private VerificationOptions holding(VerificationOptions how) {
        if (against == null) {
            if (publicKey != null) {
                throw new ParameterException(spec.commandLine(), "--public-key is of use with --against only");
            }
            return how;
        }
        if (!part.range().equals(Range.ALL)) {
            throw new ParameterException(
                    spec.commandLine(), "--against is about all of the log: give neither --from nor --until");
        }
        Checkpoint checkpoint = Checkpoint.read(against);
        PublicKey key = checkpoint.publicKey();
        if (publicKey == null) {
            console.error("The checkpoint's signature is checked with the key that it names itself. That proves nothing"
                    + " about who signed it; --public-key does.");
        } else {
            key = SigningKey.readPublic(publicKey);
        }
        return how.withAgainst(new Against(checkpoint.summary(), checkpoint.isSignedBy(key)));
    }

    private VerificationOptions asking(VerificationOptions how) throws IOException {
        if (gateway == null) {
            if (sample != null) {
                throw new ParameterException(spec.commandLine(), "--sample is of use with --gateway only");
            }
            return how;
        }
        if (sample != null && sample < 1) {
            throw new ParameterException(spec.commandLine(), "--sample must be at least 1");
        }
        String url = CredentialsOption.gateway(spec, "--gateway", gateway);
        return how.withAnswers(
                new GatewayAnswers(url, credentials.authorization(url), PATIENCE),
                sample == null ? OptionalLong.empty() : OptionalLong.of(sample));
    }
}
