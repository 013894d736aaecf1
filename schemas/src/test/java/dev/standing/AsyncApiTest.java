package dev.standing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.avro.CommandType;
import dev.standing.headers.DeadLetter;
import dev.standing.headers.HeaderNames;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code docs/asyncapi.yaml} says of the topics what the code says. */
class AsyncApiTest {

    /** Writes the schemas of the document, instead of comparing them, if it is true. */
    private static final String WRITE = "standing.docs.write";

    private static final Path DOCS = Path.of("..", "docs");
    private static final TopicCatalogue CATALOGUE =
            new TopicCatalogue(TopicCatalogue.DEFAULT_PREFIX, TopicCatalogue.DEFAULT_PARTITIONS, -1);

    private static final JsonNode DOCUMENT = read(DOCS.resolve("asyncapi.yaml"));

    private static JsonNode read(Path yaml) {
        try {
            Object content = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(yaml));
            return new ObjectMapper().valueToTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The topics that are not for the processors alone. */
    static List<TopicDefinition> topics() {
        return CATALOGUE.all().stream()
                .filter(topic -> !topic.name().contains(".internal."))
                .toList();
    }

    static List<TopicDefinition> typedTopics() {
        return topics().stream().filter(topic -> topic.valueType().isPresent()).toList();
    }

    private static JsonNode channel(TopicDefinition topic) {
        for (JsonNode channel : DOCUMENT.get("channels")) {
            if (channel.get("address").asText().equals(topic.name())) {
                return channel;
            }
        }
        throw new AssertionError("asyncapi.yaml has no channel for " + topic.name());
    }

    /** The one message of a channel. */
    private static JsonNode message(TopicDefinition topic) {
        JsonNode messages = channel(topic).get("messages");
        assertThat(messages.size()).isEqualTo(1);
        return followed(messages.elements().next());
    }

    private static JsonNode followed(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.startsWith("#/") ? followed(DOCUMENT.at(reference.substring(1))) : node;
    }

    @Test
    void itHasEveryTopicAndNoOther() {
        assertThat(DOCUMENT.get("channels").findValuesAsText("address"))
                .containsExactlyInAnyOrderElementsOf(
                        topics().stream().map(TopicDefinition::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aTopicIsSetUpAsItSays(TopicDefinition topic) {
        JsonNode kafka = channel(topic).at("/bindings/kafka");
        Map<String, String> configuration = new TreeMap<>();
        kafka.get("topicConfiguration").properties().forEach(setting -> {
            JsonNode value = setting.getValue();
            configuration.put(setting.getKey(), value.isArray() ? value.get(0).asText() : value.asText());
        });

        assertThat(kafka.get("partitions").asInt()).isEqualTo(CATALOGUE.partitions());
        assertThat(configuration).isEqualTo(topic.configs());
    }

    @ParameterizedTest
    @MethodSource("typedTopics")
    void theValuesOfATopicAreOfTheSchemaThatItShows(TopicDefinition topic) throws IOException {
        Schema schema = SpecificData.get().getSchema(topic.valueType().orElseThrow());
        JsonNode payload = message(topic).get("payload");
        String file = "schemas/" + schema.getName() + ".avsc";
        assertThat(payload.at("/schema/$ref").asText()).isEqualTo(file);
        assertThat(payload.get("schemaFormat").asText()).isEqualTo("application/vnd.apache.avro;version=1.9.0");

        String text = new ObjectMapper().readTree(schema.toString()).toPrettyString() + "\n";
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(DOCS.resolve("schemas"));
            Files.writeString(DOCS.resolve(file), text, UTF_8);
        }

        assertThat(DOCS.resolve(file))
                .as(
                        "docs/%s, which this writes anew: mvn test -pl schemas -am -Dtest=AsyncApiTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
                        file, WRITE)
                .hasContent(text);
        assertThat(new Schema.Parser().parse(Files.readString(DOCS.resolve(file))))
                .isEqualTo(schema);
    }

    @Test
    void thereIsNoSchemaThatNoTopicHas() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("schemas"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(typedTopics().stream()
                            .map(topic -> topic.valueType().orElseThrow().getSimpleName() + ".avsc")
                            .toList());
        }
    }

    @Test
    void itHasEveryHeaderAndNoOther() {
        Set<String> documented = topics().stream()
                .flatMap(topic -> headers(message(topic).get("headers")).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(names());
    }

    private static Set<String> names() {
        return Arrays.stream(HeaderNames.class.getFields())
                .map(AsyncApiTest::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** The headers that a schema knows, with those of the schemas that it builds on. */
    private static Map<String, JsonNode> headers(JsonNode schema) {
        Map<String, JsonNode> headers = new LinkedHashMap<>();
        JsonNode followed = followed(schema);
        followed.path("allOf").forEach(part -> headers.putAll(headers(part)));
        followed.path("properties")
                .properties()
                .forEach(header -> headers.put(header.getKey(), followed(header.getValue())));
        return headers;
    }

    @Test
    void everyHeaderIsAsItIsWritten() {
        Map<String, JsonNode> commands = headers(message(CATALOGUE.commands()).get("headers"));
        Map<String, JsonNode> results = headers(message(CATALOGUE.results()).get("headers"));
        Map<String, JsonNode> deadLetters =
                headers(message(CATALOGUE.deadLetters()).get("headers"));
        List<String> types = new ArrayList<>();
        commands.get(HeaderNames.CE_TYPE).get("enum").forEach(type -> types.add(type.asText()));

        assertThat(types)
                .containsExactlyElementsOf(Arrays.stream(CommandType.values())
                        .filter(type -> type != CommandType.UNKNOWN)
                        .map(type -> "dev.standing.command." + type)
                        .toList());
        assertThat(results).containsKeys(HeaderNames.REPLY_TO, HeaderNames.CORRELATION_ID);
        assertThat(deadLetters.get(HeaderNames.DLQ_MESSAGE).get("maxLength").asInt())
                .isEqualTo(DeadLetter.MESSAGE_LENGTH);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryTopicHasAnOperation() {
        List<String> references = DOCUMENT.findValuesAsText("$ref");
        Set<String> channels = new TreeSet<>();
        DOCUMENT.get("operations")
                .forEach(operation -> channels.add(
                        followed(operation.get("channel")).get("address").asText()));

        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                reference.startsWith("#/")
                                        ? DOCUMENT.at(reference.substring(1)).isObject()
                                        : Files.exists(DOCS.resolve(reference)))
                        .as(reference)
                        .isTrue());
        assertThat(channels)
                .containsExactlyInAnyOrderElementsOf(
                        topics().stream().map(TopicDefinition::name).toList());
    }
}
