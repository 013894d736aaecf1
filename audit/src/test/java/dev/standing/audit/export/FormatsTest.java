package dev.standing.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.standing.audit.export.format.Column;
import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.export.format.RowWriter;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.avro.CustomerEvent;
import dev.standing.mapping.json.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    private static final EventShape SHAPE = new EventShape();
    private static final List<LoggedEvent> EVENTS = SampleEvents.all();

    @TempDir
    private Path directory;

    private static byte[] written(ExportFormat format, List<LoggedEvent> events) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowWriter<LoggedEvent> rows = format.begin(SHAPE, "a-file", out);
        for (LoggedEvent event : events) {
            rows.write(event);
        }
        rows.finish();
        return out.toByteArray();
    }

    /** That of any JDK. A library that writes other bytes changes what is exported, so that it must be told in the notes. */
    @ParameterizedTest
    @CsvSource({
        "JSONL, 27ea8d30ababc50ad5a121a32186ddd67a7d154fcb4157fc4290807b4715919a",
        "CSV, 53b44967b0186b7b5da011b621f0239bd79b21d7a02546ae8eedb4dff4de47e4",
        "AVRO, 32591f228db572fddaa7efdc9d4f1dade684905b0e7f93990d19c56040273857",
        "PARQUET, cba3158e323ec9a4e9b59b27e22b9b4bd7cfae62906292f5a94ec2b21286fa7b"
    })
    void theSameEventsGiveTheSameBytes(ExportFormat format, String sha256) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(written(format, EVENTS));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
    }

    @Test
    void jsonLinesAreTheEventsOfRestWithTheirPlaces() throws IOException {
        List<JsonNode> read = new ArrayList<>();
        for (String line : new String(written(ExportFormat.JSONL, EVENTS), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            read.add(new ObjectMapper().readTree(line));
        }
        assertThat(read).hasSameSizeAs(EVENTS);
        for (int i = 0; i < EVENTS.size(); i++) {
            LoggedEvent event = EVENTS.get(i);
            JsonNode expected = EventJson.of(event.event(), event.hash())
                    .put("partition", 3)
                    .put("offset", event.place().offset())
                    .put("customerId", "c-3");
            assertThat(read.get(i)).isEqualTo(new ObjectMapper().readTree(expected.toString()));
        }
    }

    @Test
    void csvHasTheValuesOfAllColumns() throws IOException {
        List<String[]> lines;
        try (MappingIterator<String[]> rows = new CsvMapper()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .readerFor(String[].class)
                .readValues(written(ExportFormat.CSV, EVENTS))) {
            lines = rows.readAll();
        }
        assertThat(lines.get(0))
                .containsExactly(SHAPE.columns().stream().map(Column::name).toArray(String[]::new));
        List<Map<String, String>> expected = expected(Object::toString);
        assertThat(lines).hasSize(1 + expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(lines.get(i + 1))
                    .containsExactly(expected.get(i).values().stream()
                            .map(value -> value == null ? "" : value)
                            .toArray(String[]::new));
        }
    }

    @Test
    void csvTellsAnEmptyTextFromNone() throws IOException {
        String text = new String(written(ExportFormat.CSV, EVENTS), StandardCharsets.UTF_8);
        // Notes of an event that has them empty, and of one that has none.
        assertThat(text).contains(",COMMAND,true,\"\",,").contains(",c-3:14,,false,,,");
    }

    @Test
    void csvLinesEndAsTheRfcSaysAndQuotesAreDoubled() throws IOException {
        String text = new String(written(ExportFormat.CSV, EVENTS), StandardCharsets.UTF_8);
        assertThat(text).startsWith("partition,offset,customerId,").endsWith(",1099511627776,0\r\n");
        assertThat(text).contains(",\"" + SampleEvents.AWKWARD.replace("\"", "\"\"") + "\",");
    }

    @Test
    void avroIsReadWithTheSchemaOfTheTopic() throws IOException {
        // Avro trusts no class that a schema names, unless it is told to.
        SpecificData trusting = new SpecificData() {
            @Override
            @SuppressWarnings("rawtypes") // As declared by Avro.
            public Class getClass(Schema schema) {
                return switch (schema.getType()) {
                    case RECORD, ENUM, FIXED -> classNamed(schema.getFullName());
                    default -> super.getClass(schema);
                };
            }
        };
        List<CustomerEvent> read = new ArrayList<>();
        try (DataFileReader<CustomerEvent> file = new DataFileReader<>(
                new SeekableByteArrayInput(written(ExportFormat.AVRO, EVENTS)),
                new SpecificDatumReader<>(null, CustomerEvent.getClassSchema(), trusting))) {
            file.forEach(read::add);
        }
        assertThat(read).isEqualTo(EVENTS.stream().map(LoggedEvent::event).toList());
    }

    private static Class<?> classNamed(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void avroHasPlacesAndHashesBesides() throws IOException {
        try (DataFileReader<GenericRecord> file = new DataFileReader<>(
                new SeekableByteArrayInput(written(ExportFormat.AVRO, EVENTS)), new GenericDatumReader<>())) {
            GenericRecord first = file.next();
            assertThat(first.get("partition")).isEqualTo(3);
            assertThat(first.get("offset")).isEqualTo(10L);
            assertThat(first.get("hash")).hasToString(EVENTS.get(0).hash().toString());
            assertThat(file.getSchema().getFullName()).isEqualTo("dev.standing.avro.CustomerEvent");
            assertThat(file.getSchema().getField("recordedAt").schema().getType())
                    .isEqualTo(Schema.Type.LONG);
        }
    }

    @Test
    void parquetHasTheValuesOfAllColumns() throws IOException {
        assertThat(parquet(EVENTS))
                .isEqualTo(expected(value -> value instanceof Instant instant ? instant.toEpochMilli() : value));
    }

    @Test
    void parquetTellsWhatItsColumnsAre() throws IOException {
        Path file = Files.write(directory.resolve("types.parquet"), written(ExportFormat.PARQUET, EVENTS));
        var schema = ParquetReader.readMetadata(file.toFile()).getFileMetaData().getSchema();
        assertThat(schema.getColumns()).hasSameSizeAs(SHAPE.columns());
        assertThat(schema.getType("recordedAt")).hasToString("required int64 recordedAt (TIMESTAMP(MILLIS,true))");
        assertThat(schema.getType("partition")).hasToString("required int32 partition");
        assertThat(schema.getType("cascade")).hasToString("optional boolean cascade");
        assertThat(schema.getType("notes")).hasToString("optional binary notes (STRING)");
    }

    @Test
    void parquetOfManyPagesIsReadAsItWasWritten() throws IOException {
        List<LoggedEvent> many = new ArrayList<>();
        for (int i = 0; i < 45_000; i++) {
            many.add(EVENTS.get(i % EVENTS.size()));
        }
        List<Map<String, Object>> read = parquet(many);
        assertThat(read).hasSize(many.size());
        List<Map<String, Object>> once =
                expected(value -> value instanceof Instant instant ? instant.toEpochMilli() : value);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(once.get(i % once.size()));
        }
    }

    private List<Map<String, Object>> parquet(List<LoggedEvent> events) throws IOException {
        Path file = Files.write(directory.resolve("events.parquet"), written(ExportFormat.PARQUET, events));
        Hydrator<Map<String, Object>, Map<String, Object>, String[]> maps = new Hydrator<>() {
            @Override
            public Map<String, Object> start() {
                return new LinkedHashMap<>();
            }

            @Override
            public Map<String, Object> add(Map<String, Object> target, String[] column, Object value) {
                target.put(column[0], value);
                return target;
            }

            @Override
            public Map<String, Object> finish(Map<String, Object> target) {
                return target;
            }
        };
        try (Stream<Map<String, Object>> rows = ParquetReader.streamContent(file.toFile(), maps)) {
            return rows.toList();
        }
    }

    private static <T> List<Map<String, T>> expected(Function<Object, T> text) {
        return EVENTS.stream()
                .map(event -> {
                    Map<String, T> row = new LinkedHashMap<>();
                    SHAPE.columns()
                            .forEach(column -> row.put(
                                    column.name(),
                                    column.value()
                                            .apply(event)
                                            .map(value -> (Object) value)
                                            .map(text)
                                            .orElse(null)));
                    return row;
                })
                .toList();
    }
}
