package dev.standing.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.registry.RegistryAccessProvider;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryRejectedException.Kind;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Confluent's client makes of answers that no well-behaved registry gives, and what it sends to log in. */
class ConfluentErrorsTest {

    private static final SchemaKey KEY = new SchemaKey.Id(7);
    private static final Schema SCHEMA =
            SchemaBuilder.record("test.R").fields().requiredString("a").endRecord();
    private static final String FOUND = "{\"schema\": \"\\\"string\\\"\"}";

    private final ScriptedHttp registry = new ScriptedHttp();

    @AfterEach
    void stop() {
        registry.close();
    }

    private SchemaRegistryClient client(String url, Object... more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("schema.registry.url", url);
        configs.put("schema.registry.retries", "0");
        for (int i = 0; i < more.length; i += 2) {
            configs.put((String) more[i], more[i + 1]);
        }
        return new SchemaRegistryClient(configs);
    }

    private SchemaRegistryClient client() {
        return client(registry.url());
    }

    @Test
    void theOneThatIsFoundIsConfluents() {
        assertThat(ServiceLoader.load(RegistryAccessProvider.class).findFirst())
                .containsInstanceOf(ConfluentAccessProvider.class);
        registry.says("/", 200, FOUND);

        client().schema(KEY);

        assertThat(registry.lastHeader("User-agent"))
                .as("the JDK's older HTTP client")
                .startsWith("Java/");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
    void anAnswerThatMayBeAnotherLaterIsUnavailable(int status) {
        registry.says("/", status, "{\"error_code\": " + status + "01, \"message\": \"Later\"}");

        assertThatThrownBy(() -> client().schema(KEY)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> client().register("s", SCHEMA)).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "401, 40101, UNAUTHENTICATED",
        "403, 40301, FORBIDDEN",
        "404, 40401, UNKNOWN_SUBJECT",
        "404, 40402, UNKNOWN_SUBJECT",
        "404, 40403, UNKNOWN_SCHEMA",
        "404, 0, OTHER",
        "400, 40001, OTHER",
        "409, 409, INCOMPATIBLE",
        "422, 42201, INCOMPATIBLE"
    })
    void aNoIsOfTheSameKindAsWithOurs(int status, int code, Kind kind) {
        registry.says("/", status, "{\"error_code\": " + code + ", \"message\": \"No\"}");

        assertThatThrownBy(() -> client().register("s", SCHEMA))
                .isInstanceOfSatisfying(RegistryRejectedException.class, no -> {
                    assertThat(no.kind()).isEqualTo(kind);
                    assertThat(no.status()).isEqualTo(status);
                    assertThat(no.errorCode()).isEqualTo(code);
                });
    }

    @Test
    void aPageThatIsNotTheRegistrysIsARejection() {
        registry.says("/", 404, "<html>Not here</html>");

        assertThatThrownBy(() -> client().schema(KEY)).isInstanceOfSatisfying(RegistryRejectedException.class, no -> {
            assertThat(no.kind()).isEqualTo(Kind.OTHER);
            assertThat(no.errorCode()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Welcome</html>", "{\"version\": 1, \"schema\": \"\\\"string\\\"\"}", "", "[1]"})
    void anAnswerThatIsNotOneIsUnavailable(String body) {
        registry.says("/", 200, body);

        assertThatThrownBy(() -> client().latest("s")).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> client().register("s", SCHEMA)).isInstanceOf(RegistryUnavailableException.class);
    }

    /** Or commands would wait for it for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}",
                "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message A {}\"}",
                "{\"schema\": \"{not Avro\"}",
                "{\"maxId\": 3}"
            })
    void aSchemaThatIsNotAvrosIsUnusableAndNotUnavailable(String body) {
        registry.says("/", 200, body);

        assertThatThrownBy(() -> client().schema(KEY))
                .isInstanceOfSatisfying(
                        RegistryRejectedException.class,
                        no -> assertThat(no.kind()).isEqualTo(Kind.UNUSABLE_SCHEMA));
    }

    @Test
    void anUnknownPortIsUnavailableAndTheNextUrlIsTried() throws IOException {
        String nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + taken.getLocalPort();
        }
        registry.says("/", 200, FOUND);

        assertThatThrownBy(() -> client(nobody).schema(KEY)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(client(nobody + ", " + registry.url()).schema(KEY)).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    /** Accepts connections, and answers none. */
    @Test
    void aRegistryThatHangsIsUnavailable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> client(url, "schema.registry.request.timeout.ms", "200")
                            .schema(KEY))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void referencesAreFollowed() {
        registry.says(
                "/schemas/ids/7",
                200,
                "{\"schema\": \"[\\\"null\\\", \\\"test.E\\\"]\","
                        + " \"references\": [{\"name\": \"test.E\", \"subject\": \"e\", \"version\": 3}]}");
        registry.says(
                "/subjects/e/versions/3",
                200,
                "{\"subject\": \"e\", \"version\": 3, \"id\": 6, \"schema\":"
                        + " \"{\\\"type\\\": \\\"enum\\\", \\\"name\\\": \\\"test.E\\\", \\\"symbols\\\": [\\\"A\\\"]}\"}");

        assertThat(client().schema(KEY).getTypes())
                .last()
                .isEqualTo(SchemaBuilder.enumeration("test.E").symbols("A"));
    }

    @Test
    void aSchemaByGuidIsAskedForByOurs() {
        UUID guid = UUID.randomUUID();
        registry.says("/schemas/guids/" + guid, 200, FOUND);

        assertThat(client().schema(new SchemaKey.Guid(guid))).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @Test
    void credentialsAreSentWhereverTheyAre() {
        registry.says("/", 200, FOUND);

        client(registry.url(), "basic.auth.user.info", "u:p").schema(KEY);
        assertThat(registry.lastHeader("Authorization")).isEqualTo("Basic dTpw");

        client(
                        registry.url(),
                        "basic.auth.credentials.source",
                        "USER_INFO",
                        "basic.auth.user.info",
                        new Password("v:p"))
                .schema(KEY);
        assertThat(registry.lastHeader("Authorization")).isEqualTo("Basic djpw");

        client("http://w:p@" + registry.hostAndPort()).schema(KEY);
        assertThat(registry.lastHeader("Authorization")).isEqualTo("Basic dzpw");

        client(registry.url(), "bearer.auth.token", "t").schema(KEY);
        assertThat(registry.lastHeader("Authorization")).isEqualTo("Bearer t");
    }
}
