package dev.standing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerConfigurationTest {

    private static final BrokerSettings SETTINGS = BrokerSettings.on(Path.of("data"), 0);

    @Test
    void everySettingIsOneThatKafkaKnows() {
        // Kafka ignores a misspelt one without a word.
        Properties properties = BrokerConfiguration.properties(SETTINGS, 9092, 9093);

        assertThat(KafkaConfig.configDef().names()).containsAll(properties.stringPropertyNames());
        assertThat(KafkaConfig.fromProps(properties, false)).isNotNull();
    }

    @Test
    void everythingListensOnLoopback() {
        Properties properties = BrokerConfiguration.properties(SETTINGS, 9092, 9093);

        assertThat(properties.getProperty("listeners"))
                .isEqualTo("CLIENT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
        assertThat(properties.getProperty("advertised.listeners")).isEqualTo("CLIENT://127.0.0.1:9092");
    }

    @Test
    void anAddressThatOthersReachIsRefused() {
        assertThatThrownBy(() -> new BrokerSettings(Path.of("data"), 0, "0.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0");
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThatThrownBy(() -> BrokerSettings.on(Path.of("data"), 65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> BrokerSettings.on(Path.of("data"), -1)).hasMessageContaining("-1");
    }
}
