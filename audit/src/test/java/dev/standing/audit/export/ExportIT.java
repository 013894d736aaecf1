package dev.standing.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.testing.PaperLog;
import dev.standing.domain.event.Event;
import dev.standing.domain.history.AsOf;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.history.Standing;
import dev.standing.mapping.EventMapping;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnAnyPlatform
class ExportIT {

    private static final PaperLog PAPER = PaperLog.of(2);

    private static TestPlatform platform;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static ConnectionSettings written(String prefix) {
        ConnectionSettings connection =
                PAPER.connection(platform.bootstrapServers(), platform.registryUrl(), platform.topicPrefix() + prefix);
        PAPER.writeTo(connection);
        return connection;
    }

    private ExportResult exportLog(AuditLog log, String directory, ExportFormat format, int threads) {
        ExportRequest request = new ExportRequest(
                temporary.resolve(directory), format, Optional.of(Range.ALL), Optional.empty(), 40, threads);
        return new Export<>(request, "log", new LogSource(log, Range.ALL, Progress.NONE), Progress.NONE).run();
    }

    private List<JsonNode> lines(String directory) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(temporary.resolve(directory))) {
            for (Path file : files.filter(path -> path.toString().matches(".*/[a-z]+-p.*jsonl"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(new ObjectMapper().readTree(line));
                }
            }
        }
        return lines;
    }

    @Test
    void everyEventOfTheLogIsExportedOnceWithItsPlace() throws IOException {
        try (AuditLog log = AuditLog.open(written("all."))) {
            ExportResult result = exportLog(log, "all", ExportFormat.JSONL, 3);
            Map<Place, JsonNode> exported = new TreeMap<>();
            lines("all")
                    .forEach(line -> exported.put(
                            new Place(
                                    line.get("partition").asInt(),
                                    line.get("offset").asLong()),
                            line));
            Map<Place, String> paper = PAPER.partitions().stream()
                    .flatMap(partition -> partition.events().stream())
                    .collect(Collectors.toMap(
                            LoggedEvent::place, event -> EventColumns.hex(event.hash()), (a, b) -> a, TreeMap::new));
            assertThat(exported.keySet()).isEqualTo(paper.keySet());
            exported.forEach(
                    (place, line) -> assertThat(line.get("hash").asText()).isEqualTo(paper.get(place)));
            assertThat(result.rows()).isEqualTo(paper.size());
            assertThat(ExportCheck.check(temporary.resolve("all")).differences())
                    .isEmpty();
        }
    }

    @Test
    void twoExportsHaveTheSameBytesInEveryFormat() {
        try (AuditLog log = AuditLog.open(written("same."))) {
            for (ExportFormat format : ExportFormat.values()) {
                assertThat(exportLog(log, "one-" + format, format, 1).manifestSha256())
                        .isEqualTo(exportLog(log, "two-" + format, format, 3).manifestSha256());
            }
        }
    }

    @Test
    void aRecordThatIsNoEventIsNamedAndTheRestIsExported() throws Exception {
        ConnectionSettings connection = written("broken.");
        try (AuditLog log = AuditLog.open(connection)) {
            ExportResult before = exportLog(log, "broken", ExportFormat.CSV, 2);
            assertThat(before.unreadable()).isEmpty();
            try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.copyOf(connection.kafka()), new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(log.topics().events().name(), 1, new byte[] {1}, new byte[] {7}))
                        .get();
            }
            ExportResult after = exportLog(log, "broken", ExportFormat.CSV, 2);
            assertThat(after.rows()).isEqualTo(before.rows());
            assertThat(after.unreadable()).singleElement().satisfies(unreadable -> {
                assertThat(unreadable.partition()).isEqualTo(1);
                assertThat(unreadable.count()).isEqualTo(1);
            });
        }
    }

    @Test
    void theStateOfAllCustomersIsWhatTheirEventsSay() throws IOException {
        Instant known = PAPER.partitions().stream()
                .flatMap(partition -> partition.events().stream())
                .map(event -> event.event().getRecordedAt())
                .sorted()
                .skip(100)
                .findFirst()
                .orElseThrow();
        PointInTime point = new PointInTime(Optional.of(known.minus(Duration.ofHours(1))), Optional.of(known));
        ExportRequest request = new ExportRequest(
                temporary.resolve("states"),
                ExportFormat.JSONL,
                Optional.of(Range.ALL),
                Optional.of(point),
                Long.MAX_VALUE,
                2);
        try (AuditLog log = AuditLog.open(written("states."))) {
            new Export<>(request, "as-of", new AsOfSource(log, Bound.OPEN, point, Progress.NONE), Progress.NONE).run();
        }
        Map<String, String> exported = new TreeMap<>();
        lines("states")
                .forEach(line -> exported.put(
                        line.get("customerId").asText(),
                        line.get("state").asText() + " since "
                                + line.get("stateValidFrom").asText() + " by "
                                + line.get("eventId").asText()));
        assertThat(exported).isNotEmpty().isEqualTo(expected(point));
    }

    /** Customer by customer, from all their events. */
    private static Map<String, String> expected(PointInTime point) {
        Map<String, List<Event>> events = PAPER.partitions().stream()
                .flatMap(partition -> partition.events().stream())
                .map(event -> EventMapping.toDomain(event.event()))
                .collect(Collectors.groupingBy(Event::customerId));
        Map<String, String> expected = new TreeMap<>();
        events.forEach((customer, all) -> standing(point, all)
                .ifPresent(standing -> expected.put(
                        customer,
                        standing.state().state() + " since " + standing.state().validFrom() + " by "
                                + standing.decidedBy().eventId())));
        return expected;
    }

    private static Optional<Standing> standing(PointInTime point, List<Event> events) {
        return new AsOf(PaperLog.policy())
                .at(point, events.iterator(), point.knownAt().orElseThrow().plusMillis(1));
    }
}
