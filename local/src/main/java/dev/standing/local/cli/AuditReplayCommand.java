package dev.standing.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.history.CustomerLog;
import dev.standing.audit.history.KeyedRecord;
import dev.standing.audit.history.RetainedUpdates;
import dev.standing.audit.history.Timeline;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.Slice;
import dev.standing.local.console.Console;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing audit replay}. */
@Command(
        name = "replay",
        sortOptions = false,
        description = "Tells the life of one customer: who did what when, from when it holds, when that was known, why,"
                + " and what it caused downstream; with the requests that were refused or changed nothing. A range"
                + " chooses which events are shown, and of the requests only those between the first and the last of"
                + " them. An event that does not follow the one before it is marked and changes nothing. Ends with status 1 when the customer is unknown, or an event does"
                + " not follow the one before it.")
final class AuditReplayCommand implements Callable<Integer> {

    private final Console console;

    @ArgGroup(multiplicity = "1")
    private Who who = new Who();

    @Option(names = "--updates", description = "List the updates of subordinates that are still there.")
    private boolean updates;

    @Option(names = "--no-requests", description = "Leave out the requests of which no event tells.")
    private boolean noRequests;

    @Mixin
    private RangeOptions part;

    @Mixin
    private final AuditOptions options;

    /** By either id. */
    private static final class Who {

        @Option(names = "--customer", paramLabel = "ID", description = "The customerId.", required = true)
        private @Nullable String customer;

        @Option(
                names = "--external-id",
                paramLabel = "ID",
                description = "The externalId, with which all partitions are searched.",
                required = true)
        private @Nullable String externalId;
    }

    AuditReplayCommand(Console console) {
        this.console = console;
        this.options = new AuditOptions(console);
    }

    @Override
    public Integer call() {
        Range range = part.range();
        Optional<Timeline> life;
        try (AuditLog log = options.open();
                Progress progress = options.progress()) {
            CustomerLog customers = new CustomerLog(log, progress);
            life = customerId(customers).flatMap(customerId -> life(customers, customerId, range));
        }
        if (life.isEmpty()) {
            return ExitStatus.FAILED;
        }
        if (options.json()) {
            options.print(life.get().json());
        } else {
            life.get().text().forEach(this::line);
        }
        return life.get().isWhole() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Optional<String> customerId(CustomerLog customers) {
        if (who.customer != null) {
            return Optional.of(who.customer);
        }
        String externalId = Optional.ofNullable(who.externalId).orElseThrow();
        List<String> found = customers.registeredAs(externalId, options.threads());
        if (found.size() > 1) {
            console.error("More than one customer was registered with the externalId " + externalId + ": "
                    + String.join(", ", found) + ". See ./standing audit verify");
            noLife("AMBIGUOUS", found);
            return Optional.empty();
        }
        if (found.isEmpty()) {
            console.error("No customer with the externalId " + externalId + " was ever registered.");
            noLife("NEVER_REGISTERED", found);
        }
        return found.stream().findFirst();
    }

    private Optional<Timeline> life(CustomerLog customers, String customerId, Range range) {
        Slice slice = customers.events(customerId, range);
        List<KeyedRecord> records = customers.events(customerId, slice);
        if (records.isEmpty()) {
            console.error("No customer " + customerId + " was ever registered"
                    + (isEndOpen() ? "." : " before the end of the range."));
            noLife("NEVER_REGISTERED", List.of());
            return Optional.empty();
        }
        List<LoggedResult> results = noRequests ? List.of() : customers.results(customerId);
        RetainedUpdates.Tally tally = new RetainedUpdates.Tally(updates);
        customers.updates(customerId, tally::add);
        return Optional.of(Timeline.of(customerId, records, slice.begin(), !isEndOpen(), results, tally));
    }

    private boolean isEndOpen() {
        return part.range().to().equals(Bound.OPEN);
    }

    /** Machines are answered as well when there is nothing to tell. */
    private void noLife(String answer, List<String> customerIds) {
        if (options.json()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("customerId", who.customer);
            json.put("externalId", who.externalId);
            json.put("answer", answer);
            ArrayNode found = json.putArray("customerIds");
            customerIds.forEach(found::add);
            options.print(json);
        }
    }

    private void line(String text) {
        if (text.endsWith("BROKEN") || text.startsWith("    BROKEN")) {
            console.line(console.bad(text));
        } else if (text.startsWith("#") || text.startsWith("Customer ")) {
            console.line(console.strong(text));
        } else {
            console.line(text.startsWith("--") ? console.accent(text) : text);
        }
    }
}
