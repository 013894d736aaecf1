package dev.standing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.registry.RegistryRejectedException.Kind;
import dev.standing.registry.ScriptedRegistry.Reply;
import java.net.ConnectException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the registry does not answer, or says no. */
class RegistryFailureTest {

    private static final Schema CLAIM = ExternalIdClaim.getClassSchema();
    private static final Schema CUSTOMER = Customer.getClassSchema();
    private static final SchemaKey ONE = new SchemaKey.Id(1);

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final List<Long> pauses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void hasOneSchema() {
        registry.registered("s", 1, 1, CLAIM);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private SchemaRegistryClient client(String... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of(RegistryConfig.URL, registry.url()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SchemaRegistryClient(RegistryConfig.parse(configs), pauses::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void triesAgainAfterATemporaryFailure(int status) {
        registry.next(Reply.of(status, "oops"), Reply.of(status, ""));

        assertThat(client().schema(ONE)).isEqualTo(CLAIM);

        assertThat(registry.lines()).hasSize(3);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void givesUpAfterTheConfiguredRetries() {
        Reply down = Reply.of(503, "{\"message\": \"gone fishing\"}");
        registry.next(down, down, down, down);

        assertThatThrownBy(() -> client(RegistryConfig.RETRIES, "2").schema(ONE))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema id 1")
                .hasMessageContaining("503")
                .hasMessageContaining("gone fishing");

        assertThat(registry.lines()).hasSize(3);
    }

    @Test
    void waitsAsLongAsTheRegistryAsksWithinBounds() {
        String past =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        registry.next(
                Reply.of(429, "").with("Retry-After", "1"),
                Reply.of(503, "").with("Retry-After", "86400"),
                Reply.of(503, "").with("Retry-After", past));

        client(RegistryConfig.RETRY_BACKOFF_MAX_MS, "1500").schema(ONE);

        assertThat(pauses).containsExactly(1000L, 1500L, 0L);
    }

    @Test
    void goesToTheNextUrlAndStaysThere() {
        String dead;
        try (ScriptedRegistry gone = new ScriptedRegistry()) {
            dead = gone.url();
        }
        SchemaRegistryClient client = client(RegistryConfig.URL, dead + "," + registry.url());

        client.schema(ONE);
        client.latest("s");

        assertThat(registry.lines()).hasSize(2);
        assertThat(pauses).as("another URL is tried at once").isEmpty();
    }

    @Test
    void doesNotGoBackToAUrlThatFailedAsLongAsTheOtherAnswers() {
        try (ScriptedRegistry failing = new ScriptedRegistry()) {
            failing.next(Reply.of(500, ""), Reply.of(500, ""));
            SchemaRegistryClient client = client(RegistryConfig.URL, failing.url() + "," + registry.url());

            client.schema(ONE);
            client.latest("s");

            assertThat(failing.lines()).hasSize(1);
        }
    }

    @Test
    void isUnavailableWhenNothingListens() {
        SchemaRegistryClient client = client(RegistryConfig.RETRIES, "1");
        registry.close();

        assertThatThrownBy(() -> client.schema(ONE))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("127.0.0.1")
                .hasCauseInstanceOf(ConnectException.class);
        assertThat(pauses).hasSize(1);
    }

    @Test
    @Timeout(60)
    void doesNotWaitForEverWhetherHeadersCameOrNot() {
        registry.next(Reply.hangingBeforeHeaders(), Reply.hangingAfterHeaders());

        assertThat(client(RegistryConfig.REQUEST_TIMEOUT_MS, "200").schema(ONE)).isEqualTo(CLAIM);

        assertThat(registry.lines()).hasSize(3);
    }

    @Test
    void doesNotBelieveAnAnswerThatIsNotJson() {
        registry.next(Reply.of(200, "<html>Please log in</html>"), Reply.of(200, "{\"schema\": "));

        assertThat(client().schema(ONE)).isEqualTo(CLAIM);

        assertThat(registry.lines()).hasSize(3);
    }

    @Test
    void isUnavailableWhenAnAnswerHasNoId() {
        registry.next(Reply.of(200, "{\"hello\": 1}"));

        assertThatThrownBy(() -> client().register("s", CUSTOMER)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void staysInterrupted() {
        SchemaRegistryClient client = client();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.schema(ONE)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void staysInterruptedWhenItWaitedForTheNextTry() {
        registry.next(Reply.of(503, ""));
        SchemaRegistryClient client =
                new SchemaRegistryClient(RegistryConfig.parse(Map.of(RegistryConfig.URL, registry.url())), millis -> {
                    throw new InterruptedException();
                });

        assertThatThrownBy(() -> client.schema(ONE)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private RegistryRejectedException rejected(Reply reply) {
        registry.next(reply);
        RegistryRejectedException e = catchThrowableOfType(RegistryRejectedException.class, () -> client().schema(ONE));
        assertThat(registry.lines()).as("a no is not asked for again").hasSize(1);
        registry.requests().clear();
        return e;
    }

    @Test
    void saysWhatTheRegistrysNoMeans() {
        RegistryRejectedException unknown = rejected(Reply.error(404, 40403, "Schema not found"));
        assertThat(unknown.kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.errorCode()).isEqualTo(40403);
        assertThat(unknown).hasMessageContaining("schema id 1").hasMessageContaining("Schema not found");

        assertThat(rejected(Reply.of(401, "")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(rejected(Reply.of(401, ""))).hasMessageContaining("missing or wrong");
        assertThat(rejected(Reply.error(403, 40301, "no")).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(rejected(Reply.error(409, 409, "incompatible")).kind()).isEqualTo(Kind.INCOMPATIBLE);
        assertThat(rejected(Reply.error(422, 42201, "invalid")).kind()).isEqualTo(Kind.INCOMPATIBLE);
    }

    @Test
    void doesNotTakeAWrongUrlForAnUnknownSchema() {
        assertThat(rejected(Reply.of(404, "<html>Not found</html>")).kind()).isEqualTo(Kind.OTHER);
        assertThat(rejected(Reply.error(404, 404, "HTTP 404 Not Found")).kind()).isEqualTo(Kind.OTHER);
        assertThat(rejected(Reply.of(302, "").with("Location", "http://127.0.0.1:1/")))
                .hasMessageContaining("schema.registry.url");
        registry.next(Reply.of(404, ""));
        assertThatThrownBy(() -> client().lookUp("s", CLAIM)).isInstanceOf(RegistryRejectedException.class);
    }

    @Test
    void showsNoCredentialsWhateverHappens() {
        String url = registry.url().replace("http://", "http://user:s3cr3t@");
        SchemaRegistryClient client = client(RegistryConfig.URL, url, RegistryConfig.RETRIES, "0");
        registry.next(Reply.of(401, ""), Reply.of(503, ""));

        assertThat(client.toString()).doesNotContain("s3cr3t");
        assertThatThrownBy(() -> client.schema(ONE)).hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> client.schema(ONE))
                .hasMessageNotContaining("s3cr3t")
                .isInstanceOf(RegistryUnavailableException.class);
        registry.close();
        assertThatThrownBy(() -> client.schema(ONE))
                .hasStackTraceContaining("Unavailable")
                .satisfies(e -> {
                    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("s3cr3t");
                    }
                });
    }

    @Test
    void saysThatASchemaCannotBeUsed() {
        assertThat(rejected(Reply.of(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message M {}\"}"))
                        .kind())
                .isEqualTo(Kind.UNUSABLE_SCHEMA);
        assertThat(rejected(Reply.of(200, "{\"schema\": \"{}\"}")).kind()).isEqualTo(Kind.UNUSABLE_SCHEMA);
        assertThat(rejected(Reply.of(200, "{}")).kind()).isEqualTo(Kind.UNUSABLE_SCHEMA);
    }
}
