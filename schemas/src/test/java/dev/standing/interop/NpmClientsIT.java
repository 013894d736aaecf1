package dev.standing.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.SampleRecords;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.Schemas;
import dev.standing.serde.WireFormat;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Npm's two clients of a schema registry as further witnesses: they read what Standing writes, and write the same. */
class NpmClientsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SOURCES = Path.of("src/test/npm");
    private static final Path FOLDER = Path.of("target/npm");

    /** A record and what ours writes for it, in hex. */
    private record Given(String topic, SpecificRecord record, int id, String hex) {}

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theyReadWhatOursWritesAndWriteTheSameBytes() throws Exception {
        assumeTrue(isInstalled("npm") && isInstalled("node"), "npm's clients are left out: npm is not installed");
        install();
        try (TestedRegistry registry = TestedRegistry.open();
                SchemaRegistryClient client = new SchemaRegistryClient(
                        Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true"))) {
            List<Given> given = SampleRecords.all().stream()
                    .map(record -> given(client, record))
                    .toList();

            List<JsonNode> answers = witnesses(registry.url(), given);

            assertThat(answers).hasSize(2 * given.size());
            for (int i = 0; i < answers.size(); i++) {
                Given expected = given.get(i / 2);
                JsonNode answer = answers.get(i);
                String who = answer.get("client").asText() + ", " + expected.record();
                assertThat(JSON.readTree(answer.get("value").toString()))
                        .as(who)
                        .isEqualTo(
                                JSON.readTree(json(generic(expected.record())).toString()));
                assertThat(answer.get("record").asText()).as(who).isEqualTo(expected.hex());
            }
        }
    }

    private static Given given(SchemaRegistryClient client, SpecificRecord record) {
        String topic = TestedRegistry.topic();
        byte[] bytes = new AvroSerializer<>(client, false).serialize(topic, record);
        int id = ((SchemaKey.Id) WireFormat.read(bytes).schema()).value();
        return new Given(topic, record, id, HexFormat.of().formatHex(bytes));
    }

    private static boolean isInstalled(String command) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** As the lock has it; once for each lock. */
    private static void install() throws IOException, InterruptedException {
        Path installed = FOLDER.resolve("installed");
        String lock = Files.readString(SOURCES.resolve("package-lock.json"));
        if (!Files.exists(installed) || !Files.readString(installed).equals(lock)) {
            Files.createDirectories(FOLDER.resolve("absent"));
            for (String file : List.of("package.json", "package-lock.json", ".npmrc", "absent/package.json")) {
                Files.writeString(FOLDER.resolve(file), Files.readString(SOURCES.resolve(file)));
            }
            run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"), "");
            Files.writeString(installed, lock);
        }
        Files.writeString(FOLDER.resolve("witness.mjs"), Files.readString(SOURCES.resolve("witness.mjs")));
    }

    private static List<JsonNode> witnesses(String url, List<Given> given) throws IOException, InterruptedException {
        StringBuilder input = new StringBuilder();
        for (Given one : given) {
            input.append(JSON.createObjectNode()
                            .put("topic", one.topic())
                            .put("id", one.id())
                            .put("record", one.hex()))
                    .append('\n');
        }
        String output = run(List.of("node", "witness.mjs", url), input.toString());
        try (Stream<String> lines = output.lines()) {
            return lines.map(NpmClientsIT::parsed).toList();
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static String run(List<String> command, String input) throws IOException, InterruptedException {
        Path given = Files.writeString(FOLDER.resolve("input"), input);
        Path output = FOLDER.resolve("output");
        Path errors = FOLDER.resolve("errors");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectInput(given.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            int exit = process.waitFor();
            assertThat(exit)
                    .as("%s: %s", command, Files.readString(errors, UTF_8))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, UTF_8);
    }

    private static GenericRecord generic(SpecificRecord record) {
        try {
            return new GenericDatumReader<GenericRecord>(record.getSchema())
                    .read(null, DecoderFactory.get().binaryDecoder(Schemas.encode(record.getSchema(), record), null));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A record as JavaScript has it: no names of branches, and bytes in hex. */
    private static JsonNode json(Object value) {
        JsonNodeFactory nodes = JSON.getNodeFactory();
        if (value == null) {
            return nodes.nullNode();
        }
        if (value instanceof GenericRecord record) {
            ObjectNode object = nodes.objectNode();
            record.getSchema().getFields().forEach(field -> object.set(field.name(), json(record.get(field.name()))));
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, JsonNode> entries = new HashMap<>();
            map.forEach((key, entry) -> entries.put(key.toString(), json(entry)));
            return nodes.objectNode().setAll(entries);
        }
        if (value instanceof Iterable<?> items) {
            ArrayNode array = nodes.arrayNode();
            items.forEach(item -> array.add(json(item)));
            return array;
        }
        if (value instanceof GenericFixed fixed) {
            return nodes.textNode(HexFormat.of().formatHex(fixed.bytes()));
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return nodes.textNode(HexFormat.of().formatHex(copy));
        }
        if (value instanceof Boolean bool) {
            return nodes.booleanNode(bool);
        }
        return value instanceof Number number ? small(nodes, number) : nodes.textNode(value.toString());
    }

    private static JsonNode small(JsonNodeFactory nodes, Number number) {
        long value = number.longValue();
        return value == (int) value ? nodes.numberNode((int) value) : nodes.numberNode(value);
    }
}
