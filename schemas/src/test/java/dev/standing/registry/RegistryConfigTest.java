package dev.standing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

    private static final String SECRET = "s3cr3t";

    private static RegistryConfig parse(String... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of(RegistryConfig.URL, "http://localhost:8081"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return RegistryConfig.parse(configs);
    }

    @Test
    void neitherRegistersNorUsesTheLatestByDefault() {
        RegistryConfig config = parse();

        assertThat(config.autoRegister()).isFalse();
        assertThat(config.useLatest()).isFalse();
        assertThat(config.normalize()).isFalse();
        assertThat(config.subject("t", false, "a.B")).isEqualTo("t-value");
        assertThat(config.subject("t", true, "a.B")).isEqualTo("t-key");
    }

    @Test
    void readsConfluentsKeysForWriting() {
        RegistryConfig config =
                parse("auto.register.schemas", "true", "use.latest.version", "true", "normalize.schemas", "true");

        assertThat(config.autoRegister()).isTrue();
        assertThat(config.useLatest()).isTrue();
        assertThat(config.normalize()).isTrue();
    }

    @Test
    void demandsAUrl() {
        assertThatThrownBy(() -> RegistryConfig.parse(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> parse(RegistryConfig.URL, ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8081",
                "ftp://user:s3cr3t@host",
                "http://user:s3cr3t@ho st",
                "http:///x",
                "http://h?a=b"
            })
    void refusesAMalformedUrlWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> parse(RegistryConfig.URL, "http://ok:1," + url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void readsSeveralUrlsWithPathsAndTakesUserInfoOutOfThem() {
        RegistryConfig config = parse(RegistryConfig.URL, "https://user:s3cr3t@one/path/, http://two:8081");

        assertThat(config.endpoints())
                .extracting(endpoint -> endpoint.base().toString())
                .containsExactly("https://one/path", "http://two:8081");
        assertThat(config).asString().contains("one", "two").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
        "RecordNameStrategy, a.B",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, a.B",
        "TopicRecordNameStrategy, t-a.B",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-a.B"
    })
    void readsSubjectNameStrategies(String strategy, String subject) {
        assertThat(parse("value.subject.name.strategy", strategy).subject("t", false, "a.B"))
                .isEqualTo(subject);
        assertThat(parse("value.subject.name.strategy", strategy).subject("t", true, "a.B"))
                .as("keys have a strategy of their own")
                .isEqualTo("t-key");
    }

    @Test
    void refusesAnUnknownStrategyByTheNameOfItsKey() {
        assertThatThrownBy(() -> parse("key.subject.name.strategy", "MyStrategy"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("key.subject.name.strategy")
                .hasMessageContaining("MyStrategy");
    }

    @ParameterizedTest
    @CsvSource({
        "basic.auth.credentials.source, VAULT",
        "basic.auth.credentials.source, USER_INFO",
        "basic.auth.credentials.source, SASL_INHERIT",
        "bearer.auth.credentials.source, OAUTHBEARER",
        "bearer.auth.credentials.source, STATIC_TOKEN",
        "auto.register.schemas, perhaps",
        "schema.registry.retries, -1",
        "schema.registry.request.timeout.ms, soon",
        "schema.registry.request.timeout.ms, 0",
        "schema.registry.cache.size, 0",
        "schema.registry.ssl.truststore.location, /does/not/exist"
    })
    void refusesAValueThatCannotBeByTheNameOfItsKey(String key, String value) {
        assertThatThrownBy(() -> parse(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key.startsWith("schema.registry.ssl") ? "schema.registry.ssl." : key);
    }

    @Test
    void refusesTwoKindsOfCredentials() {
        assertThatThrownBy(() -> parse("basic.auth.user.info", "u:s3cr3t", "bearer.auth.token", "s3cr3t"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info")
                .hasMessageContaining("bearer.auth.token")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void refusesATokenThatFitsIntoNoHeaderWithoutRepeatingIt() {
        assertThatThrownBy(() -> parse("bearer.auth.token", "s3cr3t\nX-Other: 1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bearer.auth.token")
                .hasMessageNotContaining(SECRET);
        assertThat(parse("bearer.auth.token", "s3cr3t\n").endpoints().get(0).authorization())
                .as("the line end of a file")
                .contains("Bearer s3cr3t");
    }

    @Test
    void refusesAJaasConfigurationWithoutRepeatingIt() {
        assertThatThrownBy(() -> parse(
                        "basic.auth.credentials.source", "SASL_INHERIT",
                        "sasl.jaas.config", "Module required password=\"s3cr3t\""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sasl.jaas.config")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void takesNullForLeftOut() {
        assertThat(parse("auto.register.schemas", null, "schema.registry.retries", null)
                        .autoRegister())
                .isFalse();
    }

    @Test
    void showsNoCredentials() {
        assertThat(parse("basic.auth.user.info", "u:s3cr3t").toString()).doesNotContain(SECRET);
        assertThat(parse("bearer.auth.token", "s3cr3t").endpoints().toString()).doesNotContain(SECRET);
        assertThat(RegistryCredentials.parse(Map.of(), Map.of("bearer.auth.token", new Password(SECRET)), false))
                .asString()
                .doesNotContain(SECRET);
    }

    @Test
    void leavesWaysToLogInThatItDoesNotKnowToAnother() {
        Map<String, String> configs =
                Map.of(RegistryConfig.URL, "http://r:8081", "bearer.auth.credentials.source", "OAUTHBEARER");

        assertThatThrownBy(() -> RegistryConfig.parse(configs)).isInstanceOf(ConfigException.class);
        assertThat(RegistryConfig.parse(configs, true).endpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.authorization()).isEmpty());
    }

    @Test
    void boundsTheWaitThatARegistryAsksFor() {
        RetryPolicy policy = new RetryPolicy(3, 100, 2000);

        assertThat(policy.pauseMillis(0, OptionalLong.of(1000))).isEqualTo(1000);
        assertThat(policy.pauseMillis(0, OptionalLong.of(3_600_000))).isEqualTo(2000);
        assertThat(policy.pauseMillis(0, OptionalLong.empty())).isBetween(50L, 100L);
        assertThat(policy.pauseMillis(2, OptionalLong.empty())).isBetween(200L, 400L);
        assertThat(policy.pauseMillis(60, OptionalLong.empty())).isBetween(1000L, 2000L);
    }
}
