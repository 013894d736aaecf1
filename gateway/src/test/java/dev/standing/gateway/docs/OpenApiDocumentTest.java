package dev.standing.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The document in itself: it is one of OpenAPI 3.1, and what it shows by example is so. */
class OpenApiDocumentTest {

    private final OpenApi openApi = new OpenApi();

    /** OpenAPI's own schema is on no class path of ours; this one is stricter besides. */
    @Test
    void itIsADocumentOfOpenApi() throws IOException {
        try (InputStream schema = getClass().getResourceAsStream("openapi-as-used.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema, InputFormat.JSON)
                            .validate(openApi.root().toString(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = openApi.root().findValuesAsText("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(reference).startsWith("#/components/"))
                .allSatisfy(reference -> assertThat(
                                openApi.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @Test
    void noPathHasAnotherNameThanItsParametersAndNoOperationTheIdOfAnother() {
        Map<String, String> ids = new HashMap<>();
        for (OpenApi.Operation operation : openApi.operations()) {
            List<String> names = new ArrayList<>();
            JsonNode parameters = openApi.at(operation.pointer() + "/parameters");
            for (int i = 0; i < parameters.size(); i++) {
                JsonNode parameter = openApi.at(openApi.followed(operation.pointer() + "/parameters/" + i));
                if (parameter.get("in").asText().equals("path")) {
                    names.add("{" + parameter.get("name").asText() + "}");
                }
            }
            assertThat(operation.template().split("/", -1))
                    .filteredOn(segment -> segment.startsWith("{"))
                    .containsExactlyElementsOf(names);
            assertThat(ids.put(openApi.at(operation.pointer() + "/operationId").asText(), operation.template()))
                    .isNull();
        }
    }

    @Test
    void everyExampleIsValid() {
        List<String> wrong = new ArrayList<>();
        int[] examples = {0};
        everywhere("", openApi.root(), (pointer, node) -> {
            Map<String, String> shown = shown(pointer, node);
            examples[0] += shown.size();
            shown.forEach(
                    (where, schema) -> openApi.errors(schema, openApi.at(where).toString())
                            .forEach(error -> wrong.add(where + " " + error)));
        });

        assertThat(examples[0]).isGreaterThan(40);
        assertThat(wrong).isEmpty();
    }

    /** The examples that belong to a node itself, each with the schema that it is to follow. */
    private static Map<String, String> shown(String pointer, JsonNode node) {
        Map<String, String> shown = new HashMap<>();
        if (node.has("schema") && node.has("example")) {
            shown.put(pointer + "/example", pointer + "/schema");
        }
        if (node.has("schema") && node.path("examples").isObject()) {
            node.get("examples")
                    .fieldNames()
                    .forEachRemaining(name -> shown.put(pointer + "/examples/" + name + "/value", pointer + "/schema"));
        }
        if (node.path("examples").isArray()) {
            IntStream.range(0, node.get("examples").size())
                    .forEach(index -> shown.put(pointer + "/examples/" + index, pointer));
        }
        return shown;
    }

    @Test
    void everyAnswerSaysWhichExchangeItBelongsTo() {
        everywhere("", openApi.root(), (pointer, node) -> {
            if (pointer.matches(".*/responses/[^/]+") && !node.has("$ref")) {
                assertThat(node.at("/headers/X-Request-Id/$ref").asText())
                        .as(pointer)
                        .isEqualTo("#/components/headers/RequestId");
            }
        });
    }

    @Test
    void everyOperationButThosePassedOverIsForThoseWhoAreKnown() {
        TreeSet<String> open = new TreeSet<>();
        for (OpenApi.Operation operation : openApi.operations()) {
            boolean isOpen = openApi.at(operation.pointer() + "/security").isArray();
            assertThat(openApi.at(operation.pointer() + "/responses/401").isMissingNode())
                    .as(operation.template())
                    .isEqualTo(isOpen);
            if (isOpen) {
                open.add(operation.template());
            }
        }

        assertThat(open)
                .containsExactly(
                        "/docs",
                        "/docs/{file}",
                        "/health/live",
                        "/health/ready",
                        "/jsonrpc",
                        "/metrics",
                        "/openapi.json");
    }

    /** What makes a stream readable is checked as the feed's own would be. */
    @Test
    void theFeedThatIsShownHasEventsAsItsSchemaSays() {
        String media = "/paths/~1v1~1events/get/responses/200/content/text~1event-stream";
        String data = openApi.at(media + "/example")
                .asText()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();

        assertThat(openApi.errors(media + "/x-event-data", data.substring("data: ".length())))
                .isEmpty();
    }

    private static void everywhere(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(pointer, node);
        if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            everywhere(pointer + "/" + OpenApi.escaped(member.getKey()), member.getValue(), visitor));
        }
        if (node.isArray()) {
            IntStream.range(0, node.size())
                    .forEach(index -> everywhere(pointer + "/" + index, node.get(index), visitor));
        }
    }
}
