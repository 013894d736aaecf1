package dev.standing.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.audit.export.AsOfSource;
import dev.standing.audit.export.Export;
import dev.standing.audit.export.ExportCheck;
import dev.standing.audit.export.ExportRefusedException;
import dev.standing.audit.export.ExportRequest;
import dev.standing.audit.export.ExportResult;
import dev.standing.audit.export.LogSource;
import dev.standing.audit.export.Unreadable;
import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.domain.history.PointInTime;
import dev.standing.local.console.Console;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code standing audit export}. */
@Command(
        name = "export",
        sortOptions = false,
        description =
                "Writes the log, or where all customers stood at a point in time, to files by date, with a manifest"
                        + " of places, counts and hashes. Stopped at any moment, the same command goes on where it was, and"
                        + " ends with the same bytes; when it has finished, it adds what the log has got since. Ends with"
                        + " status 1 when a record could not be exported, which the manifest names, or when --check finds a"
                        + " difference.")
final class AuditExportCommand implements Callable<Integer> {

    private static final int MOST_LINES = 20;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RangeOptions part;

    @Mixin
    private AuditOptions options;

    @ArgGroup(multiplicity = "1")
    private Target target;

    /** Either of both. */
    static final class Target {

        @Option(
                names = "--to",
                paramLabel = "DIR",
                description = "The directory: new, empty, or one that the same command has written to.")
        private @Nullable Path directory;

        @Option(
                names = "--check",
                paramLabel = "DIR",
                description = "Only compare the files of a finished export with its manifest.")
        private @Nullable Path check;
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "jsonl",
            description = "avro, jsonl, csv or parquet (default: jsonl).")
    private ExportFormat format;

    @Option(
            names = "--of",
            paramLabel = "WHAT",
            defaultValue = "log",
            converter = ContentsConverter.class,
            description = "log: every event; as-of: where all customers stood at --valid as known at --known"
                    + " (default: log).")
    private Contents contents;

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --of as-of: the time at which the state held.")
    private @Nullable Instant valid;

    @Option(
            names = "--known",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --of as-of: the time as of which it is told, in the past.")
    private @Nullable Instant known;

    @Option(
            names = "--chunk",
            paramLabel = "N",
            defaultValue = "" + ExportRequest.DEFAULT_CHUNK,
            description = "How many offsets of a partition are finished, or not, as a whole (default: "
                    + ExportRequest.DEFAULT_CHUNK + ").")
    private long chunk;

    /** What is exported. */
    private enum Contents {
        LOG,
        AS_OF
    }

    AuditExportCommand(Console console) {
        this.console = console;
        this.options = new AuditOptions(console);
    }

    @Override
    public Integer call() {
        try {
            return target.check == null ? export() : check(target.check);
        } catch (ExportRefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int export() {
        ExportResult result =
                export(request(Optional.ofNullable(target.directory).orElseThrow()));
        report(result);
        return result.unreadable().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private ExportResult export(ExportRequest request) {
        try (Progress progress = options.progress();
                AuditLog log = options.open()) {
            if (request.point().isEmpty()) {
                return new Export<>(request, "log", new LogSource(log, part.range(), progress), progress).run();
            }
            AsOfSource states =
                    new AsOfSource(log, part.range().to(), request.point().get(), progress);
            return new Export<>(request, "as-of", states, progress).run();
        }
    }

    private ExportRequest request(Path directory) {
        if (chunk < 1) {
            throw wrong("--chunk must be at least 1");
        }
        Range range = part.range();
        if (contents == Contents.LOG) {
            if (valid != null || known != null) {
                throw wrong("--valid and --known go with --of as-of");
            }
            return new ExportRequest(directory, format, Optional.of(range), Optional.empty(), chunk, options.threads());
        }
        if (valid == null || known == null) {
            throw wrong("--of as-of needs --valid and --known");
        }
        if (!known.isBefore(InstantSource.system().instant())) {
            throw wrong("--known must be in the past: what is known later is not known yet");
        }
        if (range.from() != Bound.OPEN) {
            throw wrong("--from goes with --of log: where customers stood follows from all their events");
        }
        PointInTime point = new PointInTime(Optional.of(valid), Optional.of(known));
        // A partition is finished as a whole, since its customers may lie anywhere in it.
        return new ExportRequest(
                directory, format, Optional.of(range), Optional.of(point), Long.MAX_VALUE, options.threads());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void report(ExportResult result) {
        if (options.json()) {
            options.print(new ObjectMapper().valueToTree(result));
            return;
        }
        console.line(String.format(
                Locale.ROOT,
                "%s in %s, %s (%s written now, %d before)",
                counted(result.rows(), "row"),
                counted(result.files(), "file"),
                counted(result.bytes(), "byte"),
                counted(result.chunksWritten(), "chunk"),
                result.chunksKept()));
        console.line("SHA-256 of the manifest: " + result.manifestSha256());
        result.writtenAgain().stream()
                .limit(MOST_LINES)
                .forEach(path -> console.error(
                        console.bad("Written again: ") + path + " was gone, or not as it had been written"));
        if (result.writtenAgain().size() > MOST_LINES) {
            console.error("... and " + (result.writtenAgain().size() - MOST_LINES) + " more");
        }
        result.unreadable().stream().limit(MOST_LINES).forEach(this::complain);
        if (result.unreadable().size() > MOST_LINES) {
            console.error("... and more, all of them in the manifest");
        }
    }

    private static String counted(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private void complain(Unreadable unreadable) {
        String offsets = unreadable.count() == 1
                ? "offset " + unreadable.firstOffset()
                : "offsets " + unreadable.firstOffset() + " to " + unreadable.lastOffset();
        console.error(console.bad("Not exported in full: ") + "partition " + unreadable.partition() + ", " + offsets
                + ": " + unreadable.reason());
    }

    private int check(Path directory) {
        ExportCheck.Finding finding = ExportCheck.check(directory);
        if (options.json()) {
            options.print(new ObjectMapper().valueToTree(finding));
        } else {
            finding.differences().forEach(different -> console.error(different.path() + " " + different.what()));
            console.line(counted(finding.files(), "file") + " with " + counted(finding.rows(), "row") + ", "
                    + counted(finding.differences().size(), "difference"));
            console.line("SHA-256 of the manifest: " + finding.manifestSha256());
        }
        return finding.differences().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /** Reads what is exported. */
    static final class ContentsConverter implements ITypeConverter<Contents> {

        @Override
        public Contents convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "log" -> Contents.LOG;
                case "as-of" -> Contents.AS_OF;
                default -> throw new TypeConversionException("\"" + text + "\" is neither log nor as-of");
            };
        }
    }

    /** Reads times with an offset. */
    static final class TimeConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no time with an offset like 2026-01-31T00:00:00Z");
            }
        }
    }
}
