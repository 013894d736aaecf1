package dev.standing.local.cli;

import dev.standing.local.console.Console;
import dev.standing.local.imports.ConsoleDisplay;
import dev.standing.local.imports.Counts;
import dev.standing.local.imports.Import;
import dev.standing.local.imports.ImportOptions;
import dev.standing.local.imports.ImportResult;
import dev.standing.local.imports.input.FileFormat;
import dev.standing.local.imports.input.UnusableFileException;
import dev.standing.local.imports.send.HttpGateway;
import dev.standing.local.process.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code standing import}. */
@Command(
        name = "import",
        sortOptions = false,
        description = "Registers customers and hierarchies of a file through a gateway, each once, however often it is"
                + " run. Stopped, it goes on the next time where it was. Ends with status 0 when all lines are in, 1"
                + " when some were refused or it could not go on, 2 when the file cannot be read, 130 after Ctrl-C,"
                + " 143 after SIGTERM.")
final class ImportCommand implements Callable<Integer> {

    private static final int MAX_PARALLEL = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Console console;
    private final ProcessEnd end;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "JSON Lines or CSV, in UTF-8.")
    private Path file;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The gateway (default: http://127.0.0.1:8080).")
    private String url;

    @Mixin
    private CredentialsOption credentials;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl or csv (default: by the ending of FILE: .jsonl, .ndjson or .csv).")
    private @Nullable FileFormat format;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many customers are registered at the same time, at most (default: 64).")
    private int parallel;

    @Option(
            names = "--progress",
            paramLabel = "FILE",
            description = "Remembers how far it has come (default: FILE.progress).")
    private @Nullable Path progress;

    @Option(names = "--restart", description = "Begin afresh: what is in already is answered, not registered again.")
    private boolean restart;

    @Option(
            names = "--refused",
            paramLabel = "FILE",
            description = "All refused lines with the reasons, as JSON Lines (default: FILE.refused.jsonl).")
    private @Nullable Path refused;

    @Option(
            names = "--again",
            paramLabel = "NAME",
            description = "Have what is refused decided anew, once per NAME: a gateway answers a request that it"
                    + " knows as it did before, even if the reason is gone.")
    private @Nullable String again;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = "How long to go on without a single answer (default: PT5M).")
    private Duration patience;

    @Option(names = "--dry-run", description = "Only read the file and report unusable lines; send and write nothing.")
    private boolean dryRun;

    ImportCommand(Console console, ProcessEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ImportOptions options = options();
        Import run = new Import(
                options,
                new HttpGateway(options.url(), credentials.authorization(options.url())),
                InstantSource.system(),
                ConsoleDisplay.on(console, options.refused()));
        CountDownLatch reported = new CountDownLatch(1);
        AutoCloseable stop = () -> {
            run.stop();
            reported.await();
        };
        end.closes("Import", stop);
        try {
            long start = System.nanoTime();
            ImportResult result = run.run();
            report(options, result, (System.nanoTime() - start) / NANOS_PER_SECOND);
            return status(result);
        } finally {
            reported.countDown();
            end.releases(stop);
        }
    }

    private static int status(ImportResult result) {
        return switch (result.end()) {
            case COMPLETE -> result.all().refused() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
            case STOPPED -> ExitStatus.INTERRUPTED;
            case ABANDONED -> ExitStatus.FAILED;
        };
    }

    private ImportOptions options() {
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            throw new ParameterException(spec.commandLine(), "--parallel must be from 1 to " + MAX_PARALLEL);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UnusableFileException(file + " is no file that can be read");
        }
        FileFormat how = Optional.ofNullable(format)
                .or(() -> FileFormat.ofName(file.toString()))
                .orElseThrow(() -> new UnusableFileException(
                        file + " ends neither with .jsonl nor with .csv; --format tells what it is"));
        return new ImportOptions(
                file,
                how,
                CredentialsOption.gateway(spec, "--url", url),
                parallel,
                Optional.ofNullable(progress).orElse(beside(".progress")),
                Optional.ofNullable(refused).orElse(beside(".refused.jsonl")),
                restart,
                dryRun,
                patience,
                Optional.ofNullable(again));
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private void report(ImportOptions options, ImportResult result, double seconds) {
        Counts now = result.now();
        console.line(String.format(
                Locale.ROOT,
                "%d lines%s in %.1f s (%.0f per second): %d customers and %d subordinates %s, %d replayed, %d lines"
                        + " refused",
                result.linesNow(),
                result.lines() > result.linesNow() ? " (" + result.lines() + " with earlier runs)" : "",
                seconds,
                result.linesNow() / Math.max(seconds, 0.001),
                now.customers(),
                now.subordinates(),
                dryRun ? "could be sent" : "registered",
                now.replayed(),
                now.refused()));
        if (!dryRun && result.all().refused() > 0) {
            console.line(result.all().refused() + " refused lines in all, with the reasons: " + options.refused());
        }
        result.failure().ifPresent(why -> console.error(console.bad("Error: ") + why));
        if (result.end() != ImportResult.End.COMPLETE && !dryRun) {
            console.line("Done up to line " + result.lines() + ". The same command again goes on from there.");
        }
    }
}
