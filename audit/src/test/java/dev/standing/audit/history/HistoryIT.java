package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.history.HeldStateFile.Format;
import dev.standing.audit.history.HeldStateFile.Written;
import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.history.TimelineEntry.OfEvent;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.testing.PaperLog;
import dev.standing.domain.history.PointInTime;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a real broker, against what was written there. */
@OnAnyPlatform
class HistoryIT {

    private static final PaperLog PAPER = PaperLog.of(2);
    private static final Instant CLOCK = PaperLog.START.plus(Duration.ofDays(3_650));
    private static final PointInTime POINT = new PointInTime(Optional.of(CLOCK), Optional.of(CLOCK));

    private static TestPlatform platform;
    private static AuditLog log;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
        ConnectionSettings connection = PAPER.connection(
                platform.bootstrapServers(), platform.registryUrl(), platform.topicPrefix() + "history.");
        PAPER.writeTo(connection);
        log = AuditLog.open(connection);
    }

    @AfterAll
    static void stop() {
        log.close();
        platform.close();
    }

    @Test
    void ofOneCustomerAllItsOwnRecordsAreRead() {
        CustomerLog customers = new CustomerLog(log, Progress.NONE);

        for (String customerId : customerIds()) {
            List<LoggedEvent> written = all(PaperLog.Partition::events).stream()
                    .filter(logged -> logged.event().getCustomerId().equals(customerId))
                    .toList();
            List<LoggedUpdate> updates = new ArrayList<>();
            customers.updates(customerId, updates::add);

            assertThat(customers.events(customerId, customers.events(customerId, Range.ALL)))
                    .extracting(record -> ((Decoded) record).event())
                    .isEqualTo(written);
            assertThat(customers.results(customerId))
                    .isEqualTo(all(PaperLog.Partition::results).stream()
                            .filter(logged -> logged.result().getCustomerId().equals(customerId))
                            .toList());
            assertThat(updates)
                    .isEqualTo(all(PaperLog.Partition::updates).stream()
                            .filter(placed -> placed.value().getCustomerId().equals(customerId))
                            .map(placed -> new LoggedUpdate(placed.place(), placed.value()))
                            .toList());
        }
    }

    @Test
    void aLifeIsToldFromTheLogAndIsWhole() {
        CustomerLog customers = new CustomerLog(log, Progress.NONE);
        String customerId = customerIds().get(0);
        List<KeyedRecord> records = customers.events(customerId, customers.events(customerId, Range.ALL));
        RetainedUpdates.Tally updates = new RetainedUpdates.Tally(false);
        customers.updates(customerId, updates::add);

        Timeline life = Timeline.of(customerId, records, 0, customers.results(customerId), updates);

        assertThat(life.isWhole()).isTrue();
        assertThat(life.count(OfEvent.class)).isEqualTo(records.size());
        assertThat(life.count(TimelineEntry.OfRequest.class)).isPositive();
    }

    @Test
    void aCustomerIsFoundByTheExternalIdThatItWasRegisteredWith() {
        CustomerLog customers = new CustomerLog(log, Progress.NONE);
        LoggedEvent registered = all(PaperLog.Partition::events).stream()
                .filter(logged -> logged.event()
                        .getCustomerRegistered()
                        .flatMap(fact -> fact.getExternalId())
                        .isPresent())
                .findFirst()
                .orElseThrow();
        String externalId = registered
                .event()
                .getCustomerRegistered()
                .flatMap(fact -> fact.getExternalId())
                .orElseThrow();

        assertThat(customers.registeredAs(externalId, 2))
                .containsExactly(registered.event().getCustomerId());
        assertThat(customers.registeredAs("nobody", 2)).isEmpty();
    }

    @Test
    void theFileOfAllTellsOfEachWhatIsToldOfItAlone() throws Exception {
        Path together = directory.resolve("together.jsonl");
        Path alone = directory.resolve("alone.jsonl");
        CustomerLog customers = new CustomerLog(log, Progress.NONE);

        Written written = asOf(2).readAll(
                        log,
                        Bound.OPEN,
                        2,
                        Progress.NONE,
                        answers -> HeldStateFile.write(together, Format.JSONL, answers));
        HeldStateFile.write(
                alone,
                Format.JSONL,
                customerIds().stream()
                        .flatMap(customerId ->
                                asOf(1)
                                        .one(customers.events(customerId, customers.events(customerId, Range.ALL)))
                                        .stream())
                        .iterator());

        assertThat(written.rows()).isEqualTo(customerIds().size());
        assertThat(written.isSound()).isTrue();
        assertThat(Files.readString(together)).isEqualTo(Files.readString(alone));
    }

    private static AllAsOf asOf(int mostInMemory) {
        return new AllAsOf(PaperLog.policy(), POINT, CLOCK, mostInMemory);
    }

    private static List<String> customerIds() {
        return all(PaperLog.Partition::events).stream()
                .map(logged -> logged.event().getCustomerId())
                .distinct()
                .sorted()
                .toList();
    }

    private static <T> List<T> all(Function<PaperLog.Partition, List<T>> what) {
        return PAPER.partitions().stream().map(what).flatMap(List::stream).toList();
    }
}
