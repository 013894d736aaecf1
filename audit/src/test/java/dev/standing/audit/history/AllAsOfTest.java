package dev.standing.audit.history;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.history.AsOfAnswer.AstrayRecord;
import dev.standing.audit.history.AsOfAnswer.BrokenCustomer;
import dev.standing.audit.history.AsOfAnswer.BrokenLater;
import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.history.KeyedRecord.Unreadable;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.PendingOverdue;
import dev.standing.avro.Sha256;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.decision.Story;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.mapping.EventChain;
import dev.standing.serde.AvroPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Where a customer stood, and when nothing is said of it. */
class AllAsOfTest {

    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));

    /** Registered at noon, blocked an hour later, suspended from the evening on. */
    private final List<KeyedRecord> records = new ArrayList<>(ChainedEvents.of(Story.underDefault()
            .registered()
            .later(Duration.ofHours(1))
            .given(change(CustomerState.BLOCKED, "fraud"))
            .given(change(CustomerState.SUSPENDED, "nonPayment", EVENING))
            .events()));

    @Test
    void theDecidingEventIsToldWithItsPlace() {
        HeldState held = (HeldState) answer(new PointInTime(Optional.empty(), Optional.of(NOON.plusSeconds(3_600))));

        assertThat(held.standing().state().state()).isEqualTo(CustomerState.BLOCKED);
        assertThat(held.standing().known().version()).isEqualTo(3);
        assertThat(held.place()).contains(records.get(1).place());
    }

    @Test
    void whatSettlingBringsAboutHasNoPlace() {
        HeldState held = (HeldState) answer(PointInTime.NOW, EVENING);

        assertThat(held.standing().state().state()).isEqualTo(CustomerState.SUSPENDED);
        assertThat(held.isRecorded()).isFalse();
    }

    @Test
    void aCustomerIsUnknownBeforeItsRegistrationWasRecorded() {
        assertThat(answer(knownAt(NOON.minusMillis(1)))).isEqualTo(new NothingHeld("c-1", Nothing.UNKNOWN_THEN));
    }

    @Test
    void aKnownCustomerHasNoStateBeforeItsFirstHolds() {
        assertThat(answer(new PointInTime(Optional.of(NOON.minusMillis(1)), Optional.empty())))
                .isEqualTo(new NothingHeld("c-1", Nothing.NO_STATE_THEN));
    }

    @Test
    void nothingIsSaidOfACustomerThatLacksAnEvent() {
        records.remove(1);

        assertThat(broken().place()).isEqualTo(records.get(1).place());
        assertThat(broken().why()).contains("sequence 3 where 2 should follow");
    }

    @Test
    void nothingIsSaidOfACustomerWithAnEventThatWasWrittenAnew() {
        tamper(0, event -> event.setPolicyVersion("another"));

        assertThat(broken().place()).isEqualTo(records.get(1).place());
        assertThat(broken().why()).contains("does not carry the hash");
    }

    @Test
    void nothingIsSaidOfACustomerWhoseTimesRunBackwards() {
        tamper(2, event -> event.setRecordedAt(NOON));

        assertThat(broken().why()).contains("before the event that it follows");
    }

    @Test
    void nothingIsSaidOfACustomerWithAnEventOfAnother() {
        tamper(2, event -> event.setCustomerId("c-2"));

        assertThat(broken().why()).contains("an event of customer c-2 under the key of c-1");
    }

    @Test
    void nothingIsSaidOfACustomerWithAnEventThatContradictsWhatIsPlanned() {
        tamper(
                2,
                event -> event.setType(EventType.PENDING_OVERDUE)
                        .setPendingOverdue(new PendingOverdue(
                                "c-1:9", event.getChangeScheduled().getChange())));

        assertThat(broken().why()).contains("c-1:9, which is not planned");
    }

    @Test
    void nothingIsSaidOfACustomerWithBytesThatAreNoEvent() {
        records.set(1, new Unreadable("c-1", new Place(0, 2), "too short.", NOON.plusSeconds(3_600)));

        assertThat(broken()).isEqualTo(new BrokenCustomer("c-1", new Place(0, 2), "too short"));
    }

    @Test
    void nothingIsSaidOfATimeAtWhichAMissingEventMayHaveBeenKnown() {
        records.remove(1);

        assertThat(answer(knownAt(NOON))).isInstanceOf(BrokenCustomer.class);
    }

    @Test
    void whatWasKnownBeforeAMissingEventIsToldWithTheBreak() {
        records.remove(2);
        records.addAll(ChainedEvents.of(Story.underDefault()
                        .registered()
                        .later(Duration.ofHours(1))
                        .given(change(CustomerState.BLOCKED, "fraud"))
                        .given(change(CustomerState.SUSPENDED, "nonPayment", EVENING))
                        .given(change(CustomerState.BLACKLISTED, "sanctionsHit"))
                        .events())
                .subList(3, 4));

        BrokenLater later = (BrokenLater) answer(knownAt(NOON));

        assertThat(later.held().orElseThrow().standing().state().state()).isEqualTo(CustomerState.ACTIVE);
        assertThat(later.broken().why()).contains("sequence 4 where 3 should follow");
    }

    @Test
    void whatWasKnownBeforeAStrayRecordWasWrittenIsToldWithTheBreak() {
        records.add(stray(NOON.plus(Duration.ofMinutes(90))));

        BrokenLater later = (BrokenLater) answer(knownAt(NOON.plus(Duration.ofMinutes(89))));

        assertThat(later.held().orElseThrow().standing().known().version()).isEqualTo(3);
        assertThat(later.broken().place()).isEqualTo(new Place(0, 99));
        assertThat(answer(knownAt(NOON.plus(Duration.ofMinutes(90))))).isInstanceOf(BrokenCustomer.class);
    }

    @Test
    void aDoubledEventIsStrayFromWhenItWasWrittenAndNotFromWhenItSaysThatItWasRecorded() {
        Decoded first = (Decoded) records.get(0);
        records.add(new Decoded("c-1", first.event(), NOON.plus(Duration.ofMinutes(90))));

        assertThat(answer(knownAt(NOON.plus(Duration.ofMinutes(80))))).isInstanceOf(BrokenLater.class);
        assertThat(answer(knownAt(NOON.plus(Duration.ofMinutes(100))))).isInstanceOf(BrokenCustomer.class);
    }

    @Test
    void aTimestampInTheFutureDoesNotMakeARecordLaterThanNow() {
        records.add(stray(NOON.plus(Duration.ofDays(9_000))));

        assertThat(answer(knownAt(NOON.plus(Duration.ofHours(2))))).isInstanceOf(BrokenCustomer.class);
        assertThat(answer(PointInTime.NOW)).isInstanceOf(BrokenCustomer.class);
    }

    @Test
    void aCustomerOfWhomOnlyAStrayRecordIsThereWasUnknownBefore() {
        records.clear();
        records.add(stray(NOON));

        BrokenLater later = (BrokenLater) answer(knownAt(NOON.minusMillis(1)));

        assertThat(later.answer()).isEqualTo(new NothingHeld("c-1", Nothing.UNKNOWN_THEN));
    }

    @Test
    void aRecordInAWrongPartitionIsToldToLieThere() {
        AllAsOf all = new AllAsOf(PolicyFile.packagedDefault(), PointInTime.NOW, NOON.plusSeconds(7_200), 1);
        records.add(0, new Unreadable("c-2", new Place(0, 77), "too short", NOON));
        records.add(new Unreadable("c-2", new Place(0, 78), "too short", NOON));
        List<AsOfAnswer> answers = new ArrayList<>();

        try (PartitionAsOf partition = all.of(records.iterator(), customerId -> customerId.equals("c-1") ? 0 : 3);
                PartitionAsOf.Answers read = partition.answers()) {
            read.forEachRemaining(answers::add);
        }

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).isInstanceOf(HeldState.class);
        assertThat(answers.get(1)).isEqualTo(new AstrayRecord("c-2", new Place(0, 77), 3));
    }

    @Test
    void anAccountIsReadFromDiskAsItWasWritten() {
        AllAsOf all =
                new AllAsOf(PolicyFile.packagedDefault(), knownAt(NOON.plusSeconds(3_600)), NOON.plusSeconds(7_200), 1);
        records.add(stray(NOON.plusSeconds(3_601)));
        AsOfAnswer alone = all.one(records).orElseThrow();
        for (String other : List.of("c-2", "c-3")) {
            records.add(new Unreadable(other, new Place(0, 100), "too short", NOON));
        }

        try (PartitionAsOf partition = all.of(records.iterator(), customerId -> customerId.equals("c-2") ? 5 : 0);
                PartitionAsOf.Answers read = partition.answers()) {
            assertThat(read.next()).isEqualTo(alone).isInstanceOf(BrokenLater.class);
            assertThat(read.next()).isEqualTo(new AstrayRecord("c-2", new Place(0, 100), 5));
            assertThat(read.next()).isEqualTo(new BrokenCustomer("c-3", new Place(0, 100), "too short"));
        }
    }

    private static KeyedRecord stray(Instant writtenAt) {
        return new Unreadable("c-1", new Place(0, 99), "it has no value", writtenAt);
    }

    private BrokenCustomer broken() {
        return (BrokenCustomer) answer(PointInTime.NOW);
    }

    private void tamper(int index, Consumer<CustomerEvent.Builder> change) {
        LoggedEvent logged = ((Decoded) records.get(index)).event();
        CustomerEvent.Builder builder = CustomerEvent.newBuilder(logged.event());
        change.accept(builder);
        CustomerEvent changed = builder.build();
        Sha256 hash = EventChain.hash(new AvroPayload<>(CustomerEvent.class).encode(changed));
        records.set(index, new Decoded("c-1", new LoggedEvent(logged.place(), changed, hash), changed.getRecordedAt()));
    }

    private static PointInTime knownAt(Instant time) {
        return new PointInTime(Optional.empty(), Optional.of(time));
    }

    private AsOfAnswer answer(PointInTime point) {
        return answer(point, NOON.plus(Duration.ofHours(2)));
    }

    private AsOfAnswer answer(PointInTime point, Instant clock) {
        AllAsOf all = new AllAsOf(PolicyFile.packagedDefault(), point, clock, 10);
        try (PartitionAsOf partition = all.of(records.iterator());
                PartitionAsOf.Answers answers = partition.answers()) {
            AsOfAnswer answer = answers.next();
            assertThat(answers.hasNext()).isFalse();
            return answer;
        }
    }
}
