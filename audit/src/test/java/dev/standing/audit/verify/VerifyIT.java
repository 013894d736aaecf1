package dev.standing.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.checkpoint.Checkpoint;
import dev.standing.audit.checkpoint.LogSummary;
import dev.standing.audit.checkpoint.SigningKey;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.LogUnavailableException;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.testing.PaperLog;
import dev.standing.audit.testing.PaperLog.Plan;
import dev.standing.audit.testing.PaperRecord;
import dev.standing.audit.testing.PaperTopic;
import dev.standing.audit.verify.Answers.Answer.Refused;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.Event;
import dev.standing.mapping.EventChain;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A genuine log, and copies that somebody tampered with, each read from a real broker. */
@OnAnyPlatform
class VerifyIT {

    private static final PaperLog PAPER = PaperLog.of(new Plan(6, 5, 120, 2, PaperLog.policy(), true));
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static TestPlatform platform;
    private static TamperedCopies copies;
    private static ConnectionSettings genuine;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start();
        copies = new TamperedCopies(PAPER, platform);
        genuine = copies.copy(UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        copies.close();
        platform.close();
    }

    @Test
    void nothingIsWrongWithAGenuineLog() {
        VerificationReport report = verify(genuine);

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.events()).isEqualTo(events(PAPER));
        assertThat(report.customers()).isEqualTo(report.compared()).isPositive();
    }

    @Test
    void aChangedEventIsPinnedToItsOffset() throws Exception {
        LoggedEvent middle = middle();
        VerificationReport report =
                verify(copy(onEvent(middle, record -> List.of(record.edited(CustomerEvent.class, VerifyIT::changed)))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.CHANGED);
            assertThat(finding.site().place()).isEqualTo(middle.place());
        });
    }

    @Test
    void aChangedLastEventIsPinnedToItsOffset() throws Exception {
        LoggedEvent last = last();
        VerificationReport report =
                verify(copy(onEvent(last, record -> List.of(record.edited(CustomerEvent.class, VerifyIT::changed)))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.CHANGED);
            assertThat(finding.site().place()).isEqualTo(last.place());
            assertThat(finding.other().orElseThrow().topic()).endsWith("customers");
        });
    }

    @Test
    void aDroppedEventIsMissingBetweenItsNeighbours() throws Exception {
        LoggedEvent middle = middle();
        VerificationReport report = verify(copy(onEvent(middle, record -> List.of())));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.MISSING);
            assertThat(finding.sequence()).hasValue(middle.event().getSequence());
            assertThat(finding.site().place()).isEqualTo(neighbour(middle, -1).place());
            assertThat(finding.other()).isPresent();
        });
    }

    @Test
    void aDroppedLastEventIsMissingBeforeTheRecord() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onEvent(last, record -> List.of())));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.MISSING);
            assertThat(finding.sequence()).hasValue(last.event().getSequence());
            assertThat(finding.site().place()).isEqualTo(neighbour(last, -1).place());
            assertThat(finding.other().orElseThrow().topic()).endsWith("customers");
        });
    }

    @Test
    void aDoubledEventIsPinnedToTheCopy() throws Exception {
        LoggedEvent middle = middle();
        VerificationReport report = verify(copy(onEvent(middle, record -> List.of(record, record))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.DOUBLED);
            assertThat(finding.site().place()).isEqualTo(behind(middle.place(), 1));
            assertThat(finding.other().orElseThrow().place()).isEqualTo(middle.place());
        });
    }

    @Test
    void swappedEventsAreToldWithBothOffsets() throws Exception {
        LoggedEvent middle = middle();
        LoggedEvent next = neighbour(middle, 1);
        VerificationReport report = verify(copy(records -> {
            List<PaperRecord> all = new ArrayList<>(records);
            int one = index(all, middle);
            int other = index(all, next);
            PaperRecord first = all.get(one);
            all.set(one, all.get(other));
            all.set(other, first);
            return all;
        }));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.OUT_OF_ORDER);
            assertThat(finding.site().place()).isEqualTo(middle.place());
            assertThat(finding.other().orElseThrow().place()).isEqualTo(next.place());
        });
    }

    @Test
    void aForgedEventIsPinnedToItsOffset() throws Exception {
        LoggedEvent middle = middle();
        VerificationReport report = verify(copy(onEvent(
                middle, record -> List.of(record.edited(CustomerEvent.class, VerifyIT::changed), record))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.FORGED);
            assertThat(finding.site().place()).isEqualTo(middle.place());
            assertThat(finding.other().orElseThrow().place()).isEqualTo(behind(middle.place(), 1));
        });
    }

    @Test
    void aForgedEventAtTheEndIsPinnedToItsOffset() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onEvent(
                last, record -> List.of(record, record.edited(CustomerEvent.class, event -> following(last))))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_BEHIND);
            assertThat(finding.site().place()).isEqualTo(behind(last.place(), 1));
        });
    }

    @Test
    void anUnreadableEventIsPinnedToItsOffset() throws Exception {
        LoggedEvent middle = middle();
        VerificationReport report = verify(copy(onEvent(middle, record -> List.of(record.unreadable()))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNDECODABLE);
            assertThat(finding.site().place()).isEqualTo(middle.place());
        });
    }

    @Test
    void anEventUnderAnotherKeyIsPinnedToItsOffset() throws Exception {
        LoggedEvent middle = middle();
        VerificationReport report = verify(copy(onEvent(middle, record -> List.of(record.withKey("nobody")))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.WRONG_KEY);
            assertThat(finding.site().place()).isEqualTo(middle.place());
        });
    }

    @Test
    void aMovedEventIsFoundWhereItLiesAndMissedWhereItBelongs() throws Exception {
        LoggedEvent middle = middle();
        int other = (middle.place().partition() + 1) % PAPER.plan().partitions();
        VerificationReport report = verify(copy(onEvent(middle, record -> List.of(record.inPartition(other)))));

        assertThat(report.totals()).isEqualTo(Map.of(FindingKind.WRONG_PARTITION, 1L, FindingKind.MISSING, 1L));
        assertThat(report.findings())
                .allSatisfy(finding ->
                        assertThat(finding.sequence()).hasValue(middle.event().getSequence()));
    }

    @Test
    void aChangedRecordIsComparedFieldByField() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onLastRecord(
                last,
                record -> Optional.of(record.edited(
                        Customer.class,
                        customer -> Customer.newBuilder(customer)
                                .setVersion(customer.getVersion() + 1)
                                .setRegisteredAt(customer.getRegisteredAt().plusMillis(1))
                                .build())))));

        assertThat(report.findings())
                .extracting(finding -> finding.detail().split(" ", 2)[0])
                .containsExactlyInAnyOrder("version", "registeredAt");
        assertThat(report.findings()).allSatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_DIFFERS);
            assertThat(finding.site().topic()).endsWith("customers");
            assertThat(finding.other().orElseThrow().place()).isEqualTo(last.place());
        });
    }

    @Test
    void aTombstoneOfACustomerIsFound() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onLastRecord(
                last,
                record -> Optional.of(new PaperRecord(
                        record.topic(),
                        record.partition(),
                        record.key(),
                        Optional.empty(),
                        false,
                        record.timestamp(),
                        record.headers(),
                        record.transaction())))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_DELETED);
            assertThat(finding.customerId()).hasValue(last.event().getCustomerId());
        });
    }

    @Test
    void aRecordThatIsNoneIsFound() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onLastRecord(last, record -> Optional.of(record.unreadable()))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_UNDECODABLE);
            assertThat(finding.customerId()).hasValue(last.event().getCustomerId());
            assertThat(finding.site()).isEqualTo(lastRecord(report, last));
        });
    }

    @Test
    void aRecordUnderAnotherKeyIsFoundWhereItLiesAndMissedWhereItBelongs() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onLastRecord(last, record -> Optional.of(record.withKey("nobody")))));

        assertThat(report.totals())
                .isEqualTo(Map.of(FindingKind.RECORD_WRONG_KEY, 1L, FindingKind.RECORD_BEHIND, eventsOfLastRecord()));
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.RECORD_WRONG_KEY)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.customerId()).hasValue(last.event().getCustomerId());
                    assertThat(finding.site()).isEqualTo(lastRecord(report, last));
                });
    }

    @Test
    void aMovedRecordIsFoundWhereItLiesAndMissedWhereItBelongs() throws Exception {
        LoggedEvent last = last();
        int other = (last.place().partition() + 1) % PAPER.plan().partitions();
        VerificationReport report = verify(copy(onLastRecord(last, record -> Optional.of(record.inPartition(other)))));

        assertThat(report.totals())
                .isEqualTo(Map.of(
                        FindingKind.RECORD_WRONG_PARTITION, 1L, FindingKind.RECORD_BEHIND, eventsOfLastRecord()));
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.RECORD_WRONG_PARTITION)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.customerId()).hasValue(last.event().getCustomerId());
                    assertThat(finding.site().place().partition()).isEqualTo(other);
                });
    }

    @Test
    void aPartitionWhoseFirstEventsWereDeletedIsTold() throws Exception {
        Place middle = middle().place();
        ConnectionSettings copy = copy(UnaryOperator.identity());
        copies.cut(copy, middle);
        VerificationReport report = verify(copy);

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.PARTITION_CUT);
            assertThat(finding.site().place()).isEqualTo(new Place(middle.partition(), 0));
            assertThat(finding.detail()).contains("offset " + middle.offset() + ".");
        });
        assertThat(report.events()).isEqualTo(events(PAPER) - middle.offset());
        assertThat(report.midway()).isPositive();
    }

    @Test
    void anAnswerThatDiffersIsToldWithTheLastEventThatWasRead() throws Exception {
        VerificationReport report = verify(
                genuine,
                VerificationOptions.of(Range.ALL, 2)
                        .withAnswers((customerId, knownAt) -> new Refused("No."), OptionalLong.empty()));

        assertThat(report.findings()).hasSize((int) report.customers()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.ANSWER_DIFFERS);
            assertThat(finding.customerId()).hasValue(last().event().getCustomerId());
            assertThat(finding.sequence()).hasValue(last().event().getSequence());
            assertThat(finding.site().place()).isEqualTo(last().place());
        });
    }

    @Test
    void aSuspectCustomerIsNotAskedAboutButCounted() throws Exception {
        ConnectionSettings copy = copy(onEvent(middle(), record -> List.of()));
        VerificationReport report = verify(
                copy,
                VerificationOptions.of(Range.ALL, 2)
                        .withAnswers((customerId, knownAt) -> new Refused("No."), OptionalLong.empty()));

        assertThat(report.answers()).hasValue(new AnswerCounts(report.customers() - 1, 0, 0, 1));
    }

    @Test
    void aLogHoldsNotIfTheGatewayThatWasToBeAskedNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://" + silent.getInetAddress().getHostAddress() + ":" + silent.getLocalPort();
            VerificationReport report = verify(
                    genuine,
                    VerificationOptions.of(Range.ALL, 2)
                            .withAnswers(new GatewayAnswers(url, Optional.empty(), PATIENCE), OptionalLong.empty()));

            assertThat(report.findings()).isEmpty();
            assertThat(report.answers()).hasValue(new AnswerCounts(0, 0, report.customers(), 0));
            assertThat(report.holds()).isFalse();
        }
    }

    @Test
    void aRangeThatBeginsMidwayChecksChainsOnly() {
        LoggedEvent middle = middle();
        Range range = new Range(
                new Bound.AtOffsets(
                        Map.of(middle.place().partition(), middle.place().offset())),
                Bound.OPEN);
        VerificationReport report = verify(genuine, VerificationOptions.of(range, 2));

        assertThat(report.findings()).isEmpty();
        assertThat(report.midway()).isPositive();
    }

    @Test
    void aRangeThatEndsEarlyMissesNothingBehindIt() {
        VerificationReport report =
                verify(genuine, VerificationOptions.of(new Range(Bound.OPEN, new Bound.AtOffset(20)), 2));

        assertThat(report.findings()).isEmpty();
        assertThat(report.events()).isPositive();
    }

    @Test
    void littleMemoryGivesTheSameReport() throws Exception {
        LoggedEvent middle = middle();
        ConnectionSettings copy = copy(onEvent(middle, record -> List.of()));
        VerificationOptions all = VerificationOptions.of(Range.ALL, 1);

        assertThat(verify(copy, all.withMostInMemory(2)).toJson())
                .isEqualTo(verify(copy, all).toJson());
    }

    @Test
    void aLogThatGoesOnMeanwhileIsNotFoundWrong() {
        PaperLog large = PaperLog.of(PAPER.plan().sized(20, 400));
        ConnectionSettings connection = copies.connection("going.on.");
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> large.writeTo(connection));
        List<VerificationReport> reports = new ArrayList<>();
        while (!writing.isDone()) {
            try {
                reports.add(verify(connection));
            } catch (LogUnavailableException e) {
                // The topics are not there yet.
                Thread.onSpinWait();
            }
        }
        writing.join();
        reports.add(verify(connection));

        assertThat(reports).allSatisfy(report -> assertThat(report.findings()).isEmpty());
        assertThat(reports.get(reports.size() - 1).events()).isEqualTo(events(large));
        assertThat(reports.stream().mapToLong(VerificationReport::events).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void aCheckpointHoldsForALogThatOnlyWentOn(@TempDir Path directory) throws Exception {
        List<PaperRecord> records = PAPER.records();
        int half = firstOfTransaction(records, records.size() / 2);
        ConnectionSettings copy = copy(all -> all.subList(0, half));
        Checkpoint checkpoint = checkpoint(copy, directory);
        copies.append(copy, records.subList(half, records.size()));

        VerificationReport report = verify(copy, against(checkpoint.summary()));

        assertThat(report.findings()).isEmpty();
        assertThat(report.isOfCheckpoint()).hasValue(true);
        assertThat(report.events()).isGreaterThan(checkpoint.summary().events());
    }

    @Test
    void aLogThatWasRewrittenWithAllItsHashesIsFoundByACheckpointOnly(@TempDir Path directory) throws Exception {
        Checkpoint checkpoint = checkpoint(genuine, directory);
        LoggedEvent middle = middle();
        ConnectionSettings forged = copy(records -> rewritten(records, middle));

        assertThat(verify(forged).findings()).isEmpty();
        assertThat(verify(
                                forged,
                                against(new LogSummary(
                                        forged.topicPrefix() + "events",
                                        checkpoint.summary().partitions())))
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.CHECKPOINT_DIFFERS);
                    assertThat(finding.site().place().partition())
                            .isEqualTo(middle.place().partition());
                });
    }

    @Test
    void aLogThatWasCutOffIsFoundByACheckpoint(@TempDir Path directory) throws Exception {
        Checkpoint checkpoint = checkpoint(genuine, directory);
        List<PaperRecord> records = PAPER.records();
        int half = firstOfTransaction(records, records.size() / 2);
        ConnectionSettings cut = copy(all -> all.subList(0, half));

        assertThat(verify(cut).findings()).isEmpty();
        assertThat(verify(
                                cut,
                                against(new LogSummary(
                                        cut.topicPrefix() + "events",
                                        checkpoint.summary().partitions())))
                        .totals())
                .containsOnlyKeys(FindingKind.CHECKPOINT_DIFFERS);
    }

    @Test
    void aRecordThatClaimsASequenceThatIsNotItsEventsIsAtFaultItself() throws Exception {
        LoggedEvent last = last();
        VerificationReport report = verify(copy(onLastRecord(
                last,
                record -> Optional.of(record.edited(
                        Customer.class,
                        customer -> Customer.newBuilder(customer)
                                .setSequence(customer.getSequence() + 7)
                                .build())))));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.RECORD_DIFFERS);
            assertThat(finding.site().topic()).endsWith("customers");
            assertThat(finding.other().orElseThrow().place()).isEqualTo(last.place());
        });
    }

    @Test
    void aRecordThatWasForgedMakesNoOtherLogOfTheEvents(@TempDir Path directory) throws Exception {
        Checkpoint checkpoint = checkpoint(genuine, directory);
        LoggedEvent early = neighbour(last(), -3);
        ConnectionSettings forged = copy(onLastRecord(
                last(),
                record -> Optional.of(record.edited(
                        Customer.class,
                        customer -> Customer.newBuilder(customer)
                                .setSequence(early.event().getSequence())
                                .setLastEventHash(early.hash())
                                .build()))));

        VerificationReport report = verify(
                forged,
                against(new LogSummary(
                        forged.topicPrefix() + "events", checkpoint.summary().partitions())));

        assertThat(report.totals()).isNotEmpty();
        assertThat(report.isOfCheckpoint()).hasValue(true);
    }

    private static long events(PaperLog log) {
        return log.partitions().stream()
                .mapToLong(partition -> partition.events().size())
                .sum();
    }

    private static Checkpoint checkpoint(ConnectionSettings connection, Path directory) throws Exception {
        try (AuditLog log = AuditLog.open(connection)) {
            Verified verified = new Verification(log, VerificationOptions.of(Range.ALL, 2), Progress.NONE).run();
            assertThat(verified.report().holds()).isTrue();
            Path file = directory.resolve("checkpoint.json");
            Checkpoint.of(verified.summary(), SigningKey.generate()).write(file);
            return Checkpoint.read(file);
        }
    }

    private static VerificationOptions against(LogSummary summary) {
        return VerificationOptions.of(Range.ALL, 2).withAgainst(new Against(summary, true));
    }

    private static int firstOfTransaction(List<PaperRecord> records, int from) {
        int index = from;
        while (records.get(index).transaction().equals(records.get(index - 1).transaction())
                || records.get(index).transaction().isEmpty()) {
            index++;
        }
        return index;
    }

    /** Everything of the customer from an event on, as if another had happened in its place. */
    private static List<PaperRecord> rewritten(List<PaperRecord> records, LoggedEvent from) {
        String customerId = from.event().getCustomerId();
        Map<Long, Sha256> hashes = new HashMap<>();
        List<PaperRecord> all = new ArrayList<>();
        for (PaperRecord record : records) {
            if (record.topic() == PaperTopic.EVENTS && record.key().equals(customerId)) {
                CustomerEvent event = record.read(CustomerEvent.class);
                PaperRecord forged = record.edited(CustomerEvent.class, genuine -> {
                    CustomerEvent.Builder builder = CustomerEvent.newBuilder(genuine);
                    Optional.ofNullable(hashes.get(genuine.getSequence() - 1)).ifPresent(builder::setPreviousHash);
                    if (genuine.getSequence() == from.event().getSequence()) {
                        builder.setPolicyVersion("forged");
                    }
                    return builder.build();
                });
                hashes.put(event.getSequence(), EventChain.hash(forged.payload().orElseThrow()));
                all.add(forged);
            } else if (record.topic() == PaperTopic.CUSTOMERS && record.key().equals(customerId)) {
                all.add(record.edited(
                        Customer.class,
                        customer -> Customer.newBuilder(customer)
                                .setLastEventHash(hashes.get(customer.getSequence()))
                                .build()));
            } else {
                all.add(record);
            }
        }
        return all;
    }

    private static VerificationReport verify(ConnectionSettings connection) {
        return verify(connection, VerificationOptions.of(Range.ALL, 2));
    }

    private static VerificationReport verify(ConnectionSettings connection, VerificationOptions options) {
        try (AuditLog log = AuditLog.open(connection)) {
            return new Verification(log, options, Progress.NONE).run().report();
        }
    }

    private static ConnectionSettings copy(UnaryOperator<List<PaperRecord>> tampering) throws Exception {
        return copies.copy(tampering);
    }

    private static UnaryOperator<List<PaperRecord>> onEvent(
            LoggedEvent event, Function<PaperRecord, List<PaperRecord>> tampering) {
        return records -> {
            List<PaperRecord> all = new ArrayList<>(records);
            int index = index(all, event);
            PaperRecord record = all.remove(index);
            all.addAll(index, tampering.apply(record));
            return all;
        };
    }

    private static UnaryOperator<List<PaperRecord>> onLastRecord(
            LoggedEvent event, Function<PaperRecord, Optional<PaperRecord>> tampering) {
        return records -> {
            List<PaperRecord> all = new ArrayList<>(records);
            for (int i = all.size() - 1; i >= 0; i--) {
                PaperRecord record = all.get(i);
                if (record.topic() == PaperTopic.CUSTOMERS
                        && record.key().equals(event.event().getCustomerId())) {
                    all.set(i, tampering.apply(record).orElseThrow());
                    return all;
                }
            }
            return all;
        };
    }

    /** Where a customer's last record lies. */
    private static Site lastRecord(VerificationReport report, LoggedEvent event) {
        long offset = -1;
        long next = 0;
        for (PaperRecord record : PAPER.records()) {
            if (record.topic() == PaperTopic.CUSTOMERS
                    && record.partition() == event.place().partition()) {
                offset = record.key().equals(event.event().getCustomerId()) ? next : offset;
                next++;
            }
        }
        return new Site(
                report.topic().replace("events", "customers"),
                new Place(event.place().partition(), offset));
    }

    /** How many events came about with the last record of the longest chain's customer. */
    private static long eventsOfLastRecord() {
        List<Long> sequences = PAPER.records().stream()
                .filter(record ->
                        record.topic() == PaperTopic.CUSTOMERS && record.key().equals(longest()))
                .map(record -> record.read(Customer.class).getSequence())
                .toList();
        return sequences.get(sequences.size() - 1) - sequences.get(sequences.size() - 2);
    }

    private static int index(List<PaperRecord> records, LoggedEvent event) {
        for (int i = 0; i < records.size(); i++) {
            PaperRecord record = records.get(i);
            if (record.topic() == PaperTopic.EVENTS
                    && record.read(CustomerEvent.class).equals(event.event())) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no such event");
    }

    private static List<LoggedEvent> chain() {
        return PAPER.partitions().stream()
                .flatMap(partition -> TamperedCopies.events(partition).stream())
                .filter(event -> event.event().getCustomerId().equals(longest()))
                .toList();
    }

    /** The customer with the most events. */
    private static String longest() {
        Map<String, Integer> counts = new HashMap<>();
        PAPER.partitions()
                .forEach(partition -> partition
                        .events()
                        .forEach(event -> counts.merge(event.event().getCustomerId(), 1, Integer::sum)));
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private static LoggedEvent middle() {
        List<LoggedEvent> chain = chain();
        return chain.get(chain.size() / 2);
    }

    private static LoggedEvent last() {
        List<LoggedEvent> chain = chain();
        return chain.get(chain.size() - 1);
    }

    private static LoggedEvent neighbour(LoggedEvent event, int step) {
        List<LoggedEvent> chain = chain();
        return chain.get(chain.indexOf(event) + step);
    }

    private static Place behind(Place place, long offsets) {
        return new Place(place.partition(), place.offset() + offsets);
    }

    private static CustomerEvent changed(CustomerEvent event) {
        return CustomerEvent.newBuilder(event).setPolicyVersion("tampered").build();
    }

    private static CustomerEvent following(LoggedEvent last) {
        long sequence = last.event().getSequence() + 1;
        return CustomerEvent.newBuilder(last.event())
                .setSequence(sequence)
                .setEventId(Event.idOf(last.event().getCustomerId(), sequence))
                .setPreviousHash(last.hash())
                .build();
    }
}
