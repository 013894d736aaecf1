package dev.standing.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.log.Place;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is done to one record of a random history is found, at that record, and nothing else is. */
class TamperingPropertyTest {

    private static final int TRIES = 150;
    private static final int PLENTY = 1_000;

    @Property(tries = TRIES)
    void nothingIsWrongWithAGenuineLog(@ForAll @IntRange(max = 1_000) int seed) {
        PaperPartition log = PaperPartition.of(seed);
        assertThat(log.verify(PLENTY)).isEmpty();
    }

    @Property(tries = 20)
    void nothingElseIsFoundWithLittleMemory(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        for (int i = 0; i < 5; i++) {
            int index = random.nextInt(log.size());
            log.replace(index, changed(log.event(index)));
        }
        assertThat(log.verify(2)).isNotEmpty().isEqualTo(log.verify(PLENTY));
    }

    @Property(tries = TRIES)
    void aChangedEvent(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        log.replace(index, changed(log.event(index)));

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.CHANGED);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
        assertThat(finding.sequence()).hasValue(log.event(index).getSequence());
    }

    @Property(tries = TRIES)
    void aChangedLink(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        log.replace(
                index,
                CustomerEvent.newBuilder(log.event(index))
                        .setPreviousHash(new Sha256(new byte[32]))
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.CHANGED);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
    }

    @Property(tries = TRIES)
    void aChangedSequence(
            @ForAll @IntRange(max = 100) int seed, @ForAll @IntRange(max = 40) int other, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        CustomerEvent genuine = log.event(index);
        Assume.that(genuine.getSequence() != other);
        log.replace(
                index,
                CustomerEvent.newBuilder(genuine)
                        .setSequence(other)
                        .setEventId(Event.idOf(genuine.getCustomerId(), other))
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.CHANGED);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
    }

    @Property(tries = TRIES)
    void aDroppedEvent(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        CustomerEvent dropped = log.event(index);
        int before = log.neighbour(index, -1);
        int after = log.neighbour(index, 1);
        log.drop(index);

        Finding finding = only(log);

        Site record = new Site("customers", new Place(0, log.recordOffset(dropped.getCustomerId())));
        Site next = after < 0 ? record : new Site("events", place(log.offset(after - 1)));
        assertThat(finding.kind()).isEqualTo(FindingKind.MISSING);
        assertThat(finding.sequence()).hasValue(dropped.getSequence());
        assertThat(finding.site()).isEqualTo(before < 0 ? next : new Site("events", place(log.offset(before))));
        assertThat(finding.other()).isEqualTo(before < 0 ? Optional.empty() : Optional.of(next));
    }

    @Property(tries = TRIES)
    void aDoubledEvent(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        int copy = index + 1 + random.nextInt(log.size() - index);
        log.insert(copy, log.event(index));

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.DOUBLED);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(copy));
        assertThat(finding.other().orElseThrow().place().offset()).isEqualTo(log.offset(index));
    }

    @Property(tries = TRIES)
    void swappedEvents(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = log.any(random, any -> log.neighbour(any, 1) >= 0);
        Assume.that(index >= 0);
        int next = log.neighbour(index, 1);
        log.swap(index, next);

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.OUT_OF_ORDER);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
        assertThat(finding.other().orElseThrow().place().offset()).isEqualTo(log.offset(next));
    }

    @Property(tries = TRIES)
    void aForgedEventBeforeTheGenuineOne(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        log.insert(index, changed(log.event(index)));

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.FORGED);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
        assertThat(finding.other().orElseThrow().place().offset()).isEqualTo(log.offset(index + 1));
    }

    @Property(tries = TRIES)
    void aForgedEventBehindTheGenuineOne(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        int forged = index + 1 + random.nextInt(log.size() - index);
        log.insert(forged, changed(log.event(index)));

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.FORGED);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(forged));
    }

    @Property(tries = TRIES)
    void aForgedEventAtTheEndOfAChain(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = log.any(random, any -> log.neighbour(any, 1) < 0);
        long sequence = log.event(index).getSequence() + 1;
        log.insert(
                index + 1,
                CustomerEvent.newBuilder(log.event(index))
                        .setSequence(sequence)
                        .setEventId(Event.idOf(log.event(index).getCustomerId(), sequence))
                        .setPreviousHash(log.hash(index))
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_BEHIND);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index + 1));
    }

    @Property(tries = TRIES)
    void aForgedEventOfAMadeUpSequence(
            @ForAll @IntRange(min = 1_000, max = 9_999) int sequence,
            @ForAll @IntRange(max = 100) int seed,
            @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        log.insert(
                index,
                CustomerEvent.newBuilder(log.event(index))
                        .setSequence(sequence)
                        .setEventId(Event.idOf(log.event(index).getCustomerId(), sequence))
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_BEHIND);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
    }

    @Property(tries = TRIES)
    void aForgedCustomer(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int registration = log.any(random, any -> log.event(any).getSequence() == 1);
        int index = random.nextInt(log.size());
        log.insert(
                index,
                CustomerEvent.newBuilder(log.event(registration))
                        .setCustomerId("forged")
                        .setEventId("forged:1")
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_MISSING);
        assertThat(finding.customerId()).hasValue("forged");
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
    }

    @Property(tries = TRIES)
    void anEventThatCannotHaveHappened(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = log.any(random, any -> log.event(any).getSequence() > 1);
        CustomerEvent event = log.event(index);
        int registration = log.any(
                random,
                any -> log.event(any).getSequence() == 1
                        && log.event(any).getCustomerId().equals(event.getCustomerId()));
        log.rewrite(
                index,
                CustomerEvent.newBuilder(log.event(registration))
                        .setEventId(event.getEventId())
                        .setSequence(event.getSequence())
                        .setRecordedAt(event.getRecordedAt())
                        .setPreviousHash(event.getPreviousHash().orElseThrow())
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.IMPOSSIBLE);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
        assertThat(finding.sequence()).hasValue(event.getSequence());
    }

    @Property(tries = TRIES)
    void anEventThatWasRecordedBeforeTheOneBeforeIt(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = log.any(random, any -> log.event(any).getSequence() > 1);
        int before = log.neighbour(index, -1);
        log.rewrite(
                index,
                CustomerEvent.newBuilder(log.event(index))
                        .setRecordedAt(log.event(before).getRecordedAt().minusMillis(1))
                        .build());

        // What the customer's record tells of times follows from the event's, and is another matter.
        List<Finding> findings = log.verify(PLENTY).stream()
                .filter(finding -> finding.kind() != FindingKind.RECORD_DIFFERS)
                .toList();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.TIME_BACKWARDS);
            assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
            assertThat(finding.other().orElseThrow().place().offset()).isEqualTo(log.offset(before));
        });
    }

    @Property(tries = TRIES)
    void anEventWithAnotherId(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        int index = random.nextInt(log.size());
        CustomerEvent event = log.event(index);
        log.rewrite(
                index,
                CustomerEvent.newBuilder(event)
                        .setEventId(Event.idOf(event.getCustomerId(), event.getSequence() + 1))
                        .build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.WRONG_EVENT_ID);
        assertThat(finding.site().place().offset()).isEqualTo(log.offset(index));
    }

    @Property(tries = TRIES)
    void aChangedRecord(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        Customer record = log.record(log.event(random.nextInt(log.size())).getCustomerId());
        log.replaceRecord(
                Customer.newBuilder(record).setVersion(record.getVersion() + 1).build());

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_DIFFERS);
        assertThat(finding.detail()).startsWith("version is " + (record.getVersion() + 1));
        assertThat(finding.site()).isEqualTo(new Site("customers", place(log.recordOffset(record.getCustomerId()))));
        assertThat(finding.other().orElseThrow().topic()).isEqualTo("events");
    }

    @Property(tries = TRIES)
    void aMissingRecord(@ForAll @IntRange(max = 100) int seed, @ForAll Random random) {
        PaperPartition log = PaperPartition.of(seed);
        String customerId = log.event(random.nextInt(log.size())).getCustomerId();
        log.dropRecord(customerId);

        Finding finding = only(log);

        assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_MISSING);
        assertThat(finding.customerId()).hasValue(customerId);
    }

    private static Finding only(PaperPartition log) {
        List<Finding> findings = log.verify(PLENTY);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static Place place(long offset) {
        return new Place(0, offset);
    }

    /** Something that nobody sees in the customer. */
    private static CustomerEvent changed(CustomerEvent event) {
        return CustomerEvent.newBuilder(event)
                .setPolicyVersion(event.getPolicyVersion() + "!")
                .build();
    }
}
