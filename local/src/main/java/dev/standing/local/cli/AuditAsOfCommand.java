package dev.standing.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.history.AllAsOf;
import dev.standing.audit.history.AsOfAnswer;
import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.history.AsOfReport;
import dev.standing.audit.history.CustomerLog;
import dev.standing.audit.history.HeldStateFile;
import dev.standing.audit.history.HeldStateFile.Format;
import dev.standing.audit.history.HeldStateFile.Written;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.Slice;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.local.console.Console;
import dev.standing.processor.ProcessorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code standing audit as-of}. */
@Command(
        name = "as-of",
        sortOptions = false,
        description = "Tells the state that held at a valid time, as it was known at a record time, and the event that"
                + " decided it: of one customer, or of all into a file. If the record time is not in the past, what is"
                + " due by now but not recorded yet is settled for the answer. Ends with status 1 when the customer is"
                + " unknown or had no state then, or when events do not follow each other: what was known before such a"
                + " place is told, with a warning. --until tells up to which place is read; what lies behind it is not"
                + " taken into account.")
final class AuditAsOfCommand implements Callable<Integer> {

    /** Of each partition; an entry takes some kilobytes. */
    private static final int MOST_IN_MEMORY = 5_000;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            description = "The time at which the state held, like 2026-01-31T00:00:00Z (default: now).")
    private @Nullable Instant valid;

    @Option(
            names = "--known",
            paramLabel = "TIME",
            description = "The time as of which it is told: what was recorded later is not known (default: now).")
    private @Nullable Instant known;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "With --all: where one row for each customer is written, in the order of the ids.")
    private @Nullable Path to;

    @Option(names = "--overwrite", description = "With --all: FILE may be there already, and is replaced.")
    private boolean overwrite;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "With --all: jsonl or csv (default: by the ending of FILE: .jsonl, .ndjson or .csv).")
    private @Nullable Format format;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy by which is settled what is due (default: processor.policy of the settings, or"
                    + " the packaged one).")
    private @Nullable Path policy;

    @Option(
            names = "--until",
            paramLabel = "PLACE",
            converter = RangeOptions.BoundConverter.class,
            description = "Read only what lies before: an offset (1000), offsets by partition (0:1000,3:250), or a"
                    + " time (2026-01-31T00:00:00Z) (default: all that is committed now).")
    private Bound until = Bound.OPEN;

    @Mixin
    private final AuditOptions options;

    /** One customer, or all. */
    private static final class Whose {

        @Option(names = "--customer", paramLabel = "ID", description = "The customerId.", required = true)
        private @Nullable String customer;

        @Option(names = "--all", description = "All customers, into a file.", required = true)
        private boolean all;
    }

    AuditAsOfCommand(Console console) {
        this.console = console;
        this.options = new AuditOptions(console);
    }

    @Override
    public Integer call() {
        // All answers of a run are of the same moment.
        Instant clock = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
        return whose.all || whose.customer == null ? all(clock) : one(whose.customer, clock);
    }

    private int one(String customerId, Instant clock) {
        if (to != null || format != null || overwrite) {
            throw new ParameterException(spec.commandLine(), "--to, --format and --overwrite go with --all");
        }
        PointInTime point = new PointInTime(millis(valid), millis(known));
        AllAsOf asOf = new AllAsOf(policy(), point, clock, 1);
        try (AuditLog log = options.open()) {
            AsOfAnswer answer;
            Slice slice;
            try (Progress progress = options.progress()) {
                CustomerLog customers = new CustomerLog(log, progress);
                slice = customers.events(customerId, new Range(Bound.OPEN, until));
                answer = asOf.one(customers.events(customerId, slice))
                        .orElseGet(() -> new NothingHeld(customerId, Nothing.NEVER_REGISTERED));
            }
            Optional<Place> end =
                    Optional.of(new Place(slice.partition(), slice.end())).filter(place -> !until.equals(Bound.OPEN));
            return report(new AsOfReport(answer, point, clock), end);
        }
    }

    private int report(AsOfReport report, Optional<Place> end) {
        if (options.json()) {
            options.print(report.json().put("until", end.map(Place::offset).orElse(null)));
        } else {
            report.text().forEach(report.isFound() ? console::line : console::error);
            end.ifPresent(place -> console.line("Only what lies before " + place + " was read."));
            report.problem().forEach(console::error);
        }
        return report.isSound() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private int all(Instant clock) {
        if (to == null) {
            throw new ParameterException(spec.commandLine(), "--all needs --to FILE");
        }
        Path file = to;
        if (Files.exists(file) && !overwrite) {
            throw new ParameterException(spec.commandLine(), file + " is there already; --overwrite replaces it");
        }
        Format how = Optional.ofNullable(format)
                .or(() -> Format.ofName(file.toString()))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        file + " ends neither with .jsonl nor with .csv; --format tells what is meant"));
        PointInTime point = new PointInTime(
                Optional.of(millis(valid).orElse(clock)),
                Optional.of(millis(known).orElse(clock)));
        AllAsOf asOf = new AllAsOf(policy(), point, clock, MOST_IN_MEMORY);
        Written written;
        try (AuditLog log = options.open();
                Progress progress = options.progress()) {
            written = asOf.readAll(
                    log, until, options.threads(), progress, answers -> HeldStateFile.write(file, how, answers));
        }
        if (options.json()) {
            options.print(json(file, point, written));
        } else {
            text(file, point, written);
        }
        return written.isSound() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private void text(Path file, PointInTime point, Written written) {
        console.line(written.rows() + " customers at " + point.validAt().orElseThrow() + ", as known at "
                + point.knownAt().orElseThrow() + ": " + file);
        if (written.unrecorded() > 0) {
            console.line(written.unrecorded() + " of them with what is due, but not recorded yet: the same times will"
                    + " not tell that later.");
        }
        console.line("Left out: " + written.unknown() + " not known yet then, " + written.stateless()
                + " without a state then.");
        written.firstProblems().forEach(console::error);
        if (!written.isSound()) {
            console.error(console.bad("Error: ") + written.broken()
                    + " customers left out whose events do not follow each other, " + written.brokenLater()
                    + " told of whose later records do not follow, " + written.astray()
                    + " with records in a wrong partition");
        }
    }

    private static ObjectNode json(Path file, PointInTime point, Written written) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("validAt", point.validAt().orElseThrow().toString());
        json.put("knownAt", point.knownAt().orElseThrow().toString());
        json.put("file", file.toString());
        json.put("customers", written.rows());
        json.put("unrecorded", written.unrecorded());
        json.put("unknown", written.unknown());
        json.put("stateless", written.stateless());
        json.put("broken", written.broken());
        json.put("brokenLater", written.brokenLater());
        json.put("astray", written.astray());
        ArrayNode first = json.putArray("firstProblems");
        written.firstProblems().forEach(first::add);
        return json;
    }

    private Policy policy() {
        return Optional.ofNullable(policy)
                .or(() -> options.settings().get(ProcessorSettings.POLICY))
                .map(PolicyFile::read)
                .orElseGet(PolicyFile::packagedDefault);
    }

    /** Everything is compared at the precision at which it is recorded. */
    private static Optional<Instant> millis(@Nullable Instant time) {
        return Optional.ofNullable(time).map(given -> given.truncatedTo(ChronoUnit.MILLIS));
    }
}
