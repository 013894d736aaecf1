package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    @Test
    void byDefaultItIsReachedFromThisMachineOnly() {
        assertThat(GatewaySettings.from(Settings.of(Map.of())))
                .isEqualTo(new GatewaySettings("127.0.0.1", 8080, Duration.ofSeconds(10), 1_048_576, 10_000, 32));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.prot,1",
        "gateway.port,65536",
        "gateway.reply.timeout,PT0S",
        "gateway.reply.timeout,PT11M",
        "gateway.max.body.bytes,0",
        "gateway.max.waiting,none"
    })
    void aSettingThatIsUnknownOrOutOfRangeIsNamed(String name, String value) {
        assertThatThrownBy(() -> GatewaySettings.from(Settings.of(Map.of(name, value))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name);
    }
}
