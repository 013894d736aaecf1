package dev.standing.audit.history;

import static dev.standing.domain.decision.Story.account;
import static dev.standing.domain.decision.Story.cancel;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.item;
import static dev.standing.domain.decision.Story.propose;
import static dev.standing.domain.decision.Story.register;
import static dev.standing.domain.decision.Story.remove;
import static dev.standing.domain.decision.Story.subscriber;

import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Place;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateValue;
import dev.standing.avro.SubordinateType;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Story;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.ResultMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One life in which everything happens that can be told of one, with all that the topics have of it. */
final class PaperLife {

    private static final Instant JANUARY = Instant.parse("2026-01-05T09:00:00Z");

    private final Story story = Story.underDefault().at(JANUARY);
    private final List<LoggedResult> results = new ArrayList<>();
    private final RetainedUpdates.Tally updates;

    private PaperLife(boolean listed) {
        this.updates = new RetainedUpdates.Tally(listed);
    }

    static PaperLife lived(boolean listed) {
        PaperLife life = new PaperLife(listed);
        life.live();
        return life;
    }

    List<KeyedRecord> records() {
        return ChainedEvents.of(story.events());
    }

    List<LoggedResult> results() {
        return results;
    }

    RetainedUpdates.Tally updates() {
        return updates;
    }

    Timeline timeline() {
        return Timeline.of(Story.CUSTOMER, records(), 0, results, updates);
    }

    private void live() {
        decide(change(CustomerState.BLOCKED, "fraud"));
        Command registration = story.command(new RegisterCustomer(
                Optional.of("E-7"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(JANUARY.minus(Duration.ofDays(4))),
                Map.of("segment", "retail", "branch", "12")));
        answered(registration, (Decided) story.decide(registration, ClaimStatus.GRANTED));
        decide(register(item(account("a-1")), item(subscriber("s-1"), account("a-1")), item(account("a-2"))));
        decide(remove(account("a-2")));
        later(1);
        decide(change(CustomerState.ACTIVE, "dfltActive"));
        decide(propose(CustomerState.DORMANT, "noActivity", day(9)));
        decide(change(CustomerState.BLOCKED, "noSuchReason"));
        decide(change(CustomerState.BLACKLISTED, "sanctionsHit", day(40)));
        later(5);
        decide(cancel(CustomerState.SUSPENDED, "fraud"));
        decide(confirm(CustomerState.DORMANT, "noActivity", day(20)));
        later(20);
        decide(new ChangeState(
                CustomerState.SUSPENDED,
                new ReasonChoice.Named("nonPayment"),
                Optional.of(day(3)),
                true,
                Optional.of(
                        "The invoice of December was never paid, as the letter of the 2nd says; \u001B[31mred\u001B[0m"
                                + " is not what a terminal is to show here.")));
        cascaded();
        again(registration);
        decide(cancel(CustomerState.BLACKLISTED, "sanctionsHit"));
        decide(propose(CustomerState.ACTIVE, "paymentReceived", story.clock().plus(Duration.ofHours(1))));
        later(1);
        story.settle();
        decide(change(CustomerState.DEACTIVATED, "contractEnd"));
        decide(change(CustomerState.ACTIVE, "dfltActive"));
    }

    private void later(int days) {
        story.later(Duration.ofDays(days)).later(Duration.ofMillis(250));
    }

    private static Instant day(int day) {
        return JANUARY.plus(Duration.ofDays(day));
    }

    private void decide(Instruction instruction) {
        Command command = story.command(instruction);
        answered(command, story.decided(command));
    }

    private void answered(Command command, Decided decided) {
        Optional<Customer> customer =
                decided.outcome().customer().map(known -> CustomerMapping.toAvro(known, new Sha256(new byte[32])));
        add(command.origin().commandId(), ResultMapping.toAvro(command, decided.outcome(), customer));
    }

    private void again(Command command) {
        CommandResult original = results.stream()
                .filter(logged -> logged.commandId().equals(command.origin().commandId()))
                .findFirst()
                .orElseThrow()
                .result();
        add("cmd-again", ResultMapping.replayed(original));
    }

    private void add(String commandId, CommandResult result) {
        results.add(new LoggedResult(new Place(0, results.size() * 2L), commandId, result));
    }

    /** What the processor does after the change before: two updates, and an event. */
    private void cascaded() {
        Event cause = story.lastEvent();
        update(cause, SubordinateType.ACCOUNT, "a-1");
        update(cause, SubordinateType.SUBSCRIBER, "s-1");
        story.recorded(cause.origin(), new CascadeCompleted(cause.sequence(), Optional.empty(), 2, 0));
    }

    private void update(Event cause, SubordinateType type, String id) {
        updates.add(new LoggedUpdate(
                new Place(0, type == SubordinateType.ACCOUNT ? 4 : 5),
                SubordinateUpdate.newBuilder()
                        .setUpdateId(cause.eventId() + ":" + id)
                        .setCustomerId(cause.customerId())
                        .setSubordinateType(type)
                        .setId(id)
                        .setState(new StateValue(dev.standing.avro.CustomerState.SUSPENDED, "nonPayment", day(3)))
                        .setCauseEventId(cause.eventId())
                        .setCauseSequence(cause.sequence())
                        .setRecordedAt(story.clock())
                        .build()));
    }
}
