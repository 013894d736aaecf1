package dev.standing.embedded;

import static dev.standing.embedded.RegistryProbe.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over HTTP, each test on a subject of its own; what the answers mean is the matter of the unit tests. */
class EmbeddedRegistryIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String V1 = thing("{'name':'id','type':'string'}");
    private static final String V2 =
            thing("{'name':'id','type':'string'},{'name':'mail','type':'string','default':''}");
    private static final String MANDATORY = thing("{'name':'id','type':'string'},{'name':'age','type':'int'}");

    private static EmbeddedPlatform platform;
    private static RegistryProbe registry;

    @BeforeAll
    static void start() {
        platform = EmbeddedPlatform.startTemporary();
        registry = new RegistryProbe(platform.registryUrl());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aRegisteredSchemaIsFoundByIdVersionAndText() throws IOException {
        int id = register("found", V1);
        register("found", V2);

        assertThat(json(registry.get("/schemas/ids/" + id)).path("schema").asText())
                .isEqualTo(V1);
        assertThat(registry.get("/schemas/ids/" + id + "/schema").body()).isEqualTo(V1);
        assertThat(json(registry.get("/subjects/found/versions"))).hasToString("[1,2]");
        assertThat(registry.get("/subjects/found/versions/1/schema").body()).isEqualTo(V1);
        JsonNode latest = json(registry.get("/subjects/found/versions/latest"));
        assertThat(latest.path("subject").asText()).isEqualTo("found");
        assertThat(latest.path("version").asInt()).isEqualTo(2);
        assertThat(latest.path("schema").asText()).isEqualTo(V2);
        assertThat(json(registry.get("/subjects/found/versions/-1"))).isEqualTo(latest);
        JsonNode found = json(registry.post("/subjects/found", schema(V1)));
        assertThat(found.path("id").asInt()).isEqualTo(id);
        assertThat(found.path("version").asInt()).isEqualTo(1);
        assertThat(json(registry.get("/schemas/guids/" + found.path("guid").asText()))
                        .path("schema")
                        .asText())
                .isEqualTo(V1);
    }

    @Test
    void answersHaveConfluentsContentType() {
        List<HttpResponse<String>> answers =
                List.of(registry.get("/"), registry.get("/subjects"), registry.get("/subjects/typed/versions"));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/vnd.schemaregistry.v1+json"));
    }

    @Test
    void subjectsShareTheIdOfASchema() throws IOException {
        String shared = thing("{'name':'shared','type':'long'}");
        int id = register("shared-1", shared);

        assertThat(register("shared-2", shared)).isEqualTo(id);
        assertThat(json(registry.get("/schemas/ids/" + id + "/subjects"))).hasToString("[\"shared-1\",\"shared-2\"]");
        assertThat(json(registry.get("/schemas/ids/" + id + "/versions")))
                .hasToString("[{\"subject\":\"shared-1\",\"version\":1},{\"subject\":\"shared-2\",\"version\":1}]");
        assertThat(json(registry.get("/subjects?subjectPrefix=shared-"))).hasToString("[\"shared-1\",\"shared-2\"]");
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithFieldAndRule() throws IOException {
        register("strict", V1);

        HttpResponse<String> answer = registry.post("/subjects/strict/versions", schema(MANDATORY));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("error_code").asInt()).isEqualTo(409);
        assertThat(json(answer).path("message").asText())
                .contains("\"strict\"", "BACKWARD", "field 'age'", "version 1");
        assertThat(json(registry.get("/subjects/strict/versions"))).hasToString("[1]");
    }

    @Test
    void compatibilityCanBeAskedForWithoutRegistering() throws IOException {
        register("asked", V1);
        String path = "/compatibility/subjects/asked/versions";

        assertThat(json(registry.post(path + "/latest", schema(V2)))).hasToString("{\"is_compatible\":true}");
        assertThat(json(registry.post(path + "/1", schema(MANDATORY)))).hasToString("{\"is_compatible\":false}");
        JsonNode verbose = json(registry.post(path + "?verbose=true", schema(MANDATORY)));
        assertThat(verbose.path("is_compatible").asBoolean()).isFalse();
        assertThat(verbose.path("messages").get(0).asText()).contains("field 'age'");
        assertThat(json(registry.post("/compatibility/subjects/none/versions/latest", schema(V1))))
                .hasToString("{\"is_compatible\":true}");
        assertThat(json(registry.get("/subjects/asked/versions"))).hasToString("[1]");
    }

    @Test
    void levelsAreSetReadAndTakenBack() throws IOException {
        assertThat(json(registry.get("/config"))).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(json(registry.put("/config/levels", "{\"compatibility\":\"full_transitive\"}")))
                .hasToString("{\"compatibility\":\"FULL_TRANSITIVE\"}");
        assertThat(json(registry.get("/config/levels"))).hasToString("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        assertThat(json(registry.delete("/config/levels"))).hasToString("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        assertThat(json(registry.get("/config/levels?defaultToGlobal=true")))
                .hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void aSubjectIsDeletedSoftlyAndThenForGood() throws IOException {
        int id = register("deleted", thing("{'name':'deleted','type':'string'}"));

        assertThat(registry.delete("/subjects/deleted/versions/1").body()).isEqualTo("1");
        assertThat(registry.get("/subjects/deleted/versions").statusCode()).isEqualTo(404);
        assertThat(registry.get("/schemas/ids/" + id).statusCode()).isEqualTo(200);
        assertThat(registry.delete("/subjects/deleted?permanent=true").body()).isEqualTo("[1]");
        assertThat(registry.get("/schemas/ids/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void fixedAnswersAreThoseOfConfluent() throws IOException {
        assertThat(json(registry.get("/mode"))).hasToString("{\"mode\":\"READWRITE\"}");
        assertThat(json(registry.get("/schemas/types"))).hasToString("[\"AVRO\"]");
        assertThat(json(registry.get("/"))).hasToString("{}");
    }

    @Test
    void aSubjectMayHaveAnyName() throws IOException {
        register("a%2Fb%20%C3%BC", V1);

        assertThat(json(registry.get("/subjects?subjectPrefix=a/"))).hasToString("[\"a/b ü\"]");
        assertThat(registry.get("/subjects/a%2Fb%20%C3%BC/versions/1").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /subjects/none/versions                  |  | 404 | 40401",
                "GET    | /subjects/coded/versions/9               |  | 404 | 40402",
                "GET    | /schemas/ids/99999                       |  | 404 | 40403",
                "GET    | /schemas/ids/word                        |  | 404 | 40403",
                "POST   | /subjects/coded                          | {\"schema\":\"\\\"int\\\"\"} | 404 | 40403",
                "POST   | /subjects/none                           | {\"schema\":\"\\\"int\\\"\"} | 404 | 40401",
                "GET    | /config/coded                            |  | 404 | 40408",
                "DELETE | /subjects/coded?permanent=true           |  | 404 | 40405",
                "POST   | /subjects/coded/versions                 | {\"schema\":\"nonsense\"} | 422 | 42201",
                "POST   | /subjects/coded/versions                 | {\"schema\":\"{}\"} | 422 | 42201",
                "POST   | /subjects/coded/versions                 | {} | 422 | 42201",
                "POST   | /subjects/coded/versions                 | {\"schema\":\"{}\",\"schemaType\":\"JSON\"} | 422 | 42201",
                "POST   | /subjects/coded/versions                 | {\"schema\":\"{}\",\"ruleSet\":{}} | 422 | 42205",
                "GET    | /subjects/coded/versions/0               |  | 422 | 42202",
                "GET    | /subjects/coded/versions/newest          |  | 422 | 42202",
                "PUT    | /config/coded                            | {\"compatibility\":\"SOME\"} | 422 | 42203",
                "POST   | /compatibility/subjects/coded/versions/9 | {\"schema\":\"\\\"int\\\"\"} | 404 | 40402",
                "POST   | /subjects/coded/versions                 | nonsense | 400 | 400",
                "GET    | /nowhere                                 |  | 404 | 404",
            })
    void aRefusalHasConfluentsCode(String method, String path, String body, int status, int code) throws IOException {
        register("coded", V1);

        HttpResponse<String> answer = switch (method) {
            case "GET" -> registry.get(path);
            case "POST" -> registry.post(path, body);
            case "PUT" -> registry.put(path, body);
            case "DELETE" -> registry.delete(path);
            default -> throw new IllegalArgumentException(method);
        };

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error_code").asInt()).isEqualTo(code);
        assertThat(json(answer).path("message").asText()).isNotBlank();
    }

    @Test
    void aRestartedRegistryKnowsTheSame() throws IOException {
        try (EmbeddedPlatform own = EmbeddedPlatform.startTemporary()) {
            RegistryProbe before = new RegistryProbe(own.registryUrl());
            before.post("/subjects/a/versions", schema("\"int\""));
            before.post("/subjects/a/versions", schema("\"long\""));
            before.post("/subjects/gone/versions", schema("\"string\""));
            before.delete("/subjects/gone");
            before.put("/config/a", "{\"compatibility\":\"NONE\"}");
            String versions = before.get("/schemas/ids/2/versions").body();

            // A second one on the same topic stands for a restart, which the first one's state cannot help.
            try (EmbeddedRegistry again = EmbeddedRegistry.start(own.bootstrapServers(), 0)) {
                RegistryProbe after = new RegistryProbe(again.url());
                assertThat(after.get("/schemas/ids/2/versions").body())
                        .isEqualTo(versions)
                        .contains("\"version\":2");
                assertThat(after.get("/schemas/ids/1/schema").body()).isEqualTo("\"int\"");
                assertThat(after.get("/subjects").body()).isEqualTo("[\"a\"]");
                assertThat(after.get("/config/a").body()).contains("NONE");
                assertThat(after.post("/subjects/a/versions", schema("\"boolean\""))
                                .body())
                        .as("ids go on after those of deleted schemas")
                        .isEqualTo("{\"id\":4}");
            }
        }
    }

    @Test
    void recordsOnTheTopicAreThoseOfConfluent() throws IOException {
        register("recorded", V1);

        assertThat(new KafkaProbe(platform.bootstrapServers()).read("_schemas", 1))
                .anySatisfy(record -> {
                    assertThat(record.key())
                            .isEqualTo("{\"keytype\":\"SCHEMA\",\"subject\":\"recorded\",\"version\":1,\"magic\":1}");
                    assertThat(JSON.readTree(record.value()).path("schema").asText())
                            .isEqualTo(V1);
                });
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> EmbeddedRegistry.start(platform.bootstrapServers(), port))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("Schema registry port " + port + " is taken by another process");
        }
    }

    private static int register(String subject, String schema) throws IOException {
        HttpResponse<String> answer = registry.post("/subjects/" + subject + "/versions", schema(schema));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("id").asInt();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static String thing(String fields) {
        return ("{'type':'record','name':'Thing','fields':[" + fields + "]}").replace('\'', '"');
    }
}
