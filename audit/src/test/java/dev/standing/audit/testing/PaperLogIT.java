package dev.standing.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.RecordCursor;
import dev.standing.audit.log.Slice;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OnAnyPlatform
class PaperLogIT {

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aBrokerPutsEventsWhereThePaperHasThem() {
        PaperLog paper = PaperLog.of(2);
        ConnectionSettings connection = paper.connection(
                platform.bootstrapServers(), platform.registryUrl(), platform.topicPrefix() + "places.");
        paper.writeTo(connection);
        try (AuditLog log = AuditLog.open(connection)) {
            EventReader events = new EventReader(log);
            for (Slice slice : log.slices(log.topics().events(), Range.ALL)) {
                List<LoggedEvent> read = new ArrayList<>();
                try (RecordCursor cursor = log.records(slice, Progress.NONE)) {
                    cursor.forEachRemaining(record -> read.add(events.read(record)));
                }
                assertThat(read)
                        .isEqualTo(paper.partitions().get(slice.partition()).events());
            }
        }
    }

    @Test
    void recordsCanBeAlteredBeforeTheyAreWritten() {
        PaperLog paper = PaperLog.of(3);
        ConnectionSettings connection = paper.connection(
                platform.bootstrapServers(), platform.registryUrl(), platform.topicPrefix() + "altered.");
        paper.writeTo(
                connection,
                records -> records.stream()
                        .filter(record -> record.topic() == PaperTopic.EVENTS)
                        .map(record -> record.edited(
                                CustomerEvent.class,
                                event -> CustomerEvent.newBuilder(event)
                                        .setPolicyVersion("altered")
                                        .build()))
                        .toList());
        try (AuditLog log = AuditLog.open(connection)) {
            EventReader events = new EventReader(log);
            for (Slice slice : log.slices(log.topics().events(), Range.ALL)) {
                try (RecordCursor cursor = log.records(slice, Progress.NONE)) {
                    assertThat(cursor.hasNext()).isTrue();
                    cursor.forEachRemaining(
                            record -> assertThat(events.read(record).event().getPolicyVersion())
                                    .isEqualTo("altered"));
                }
            }
            assertThat(log.slices(log.topics().commands(), Range.ALL)).allMatch(slice -> slice.length() == 0);
        }
    }

    @Test
    void commandsAreThereAsTheyAre() {
        PaperLog paper = PaperLog.of(4);
        ConnectionSettings connection = paper.connection(
                platform.bootstrapServers(), platform.registryUrl(), platform.topicPrefix() + "commands.");
        paper.writeTo(connection);
        try (AuditLog log = AuditLog.open(connection)) {
            for (Slice slice : log.slices(log.topics().commands(), Range.ALL)) {
                List<Place> unreadable = new ArrayList<>();
                List<String> read = new ArrayList<>();
                try (RecordCursor cursor = log.records(slice, Progress.NONE)) {
                    cursor.forEachRemaining(record -> {
                        try {
                            read.add(log.reader(CustomerCommand.class)
                                    .read(record)
                                    .getCommandId());
                        } catch (dev.standing.serde.UndecodableRecordException e) {
                            unreadable.add(new Place(record.partition(), record.offset()));
                        }
                    });
                }
                assertThat(read)
                        .isEqualTo(paper.partitions().get(slice.partition()).commands().stream()
                                .map(logged -> logged.command().origin().commandId())
                                .toList());
                assertThat(slice.length()).isEqualTo(read.size() + unreadable.size());
            }
        }
    }
}
