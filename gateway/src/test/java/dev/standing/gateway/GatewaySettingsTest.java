package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.gateway.access.AccessSettings;
import dev.standing.gateway.feed.FeedSettings;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    @Test
    void byDefaultItIsReachedFromThisMachineOnly() {
        assertThat(GatewaySettings.from(Settings.of(Map.of("gateway.open", "true"))))
                .isEqualTo(new GatewaySettings(
                        "127.0.0.1",
                        8080,
                        new AccessSettings(true, Optional.empty(), Optional.empty(), 0, 1_000),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        1_048_576,
                        10_000,
                        64 * 1_048_576,
                        20_000,
                        32,
                        List.of(URI.create("http://127.0.0.1:8082")),
                        Duration.ofSeconds(5),
                        500,
                        new FeedSettings(1_000, 10_000, 16 * 1_048_576, 4)));
    }

    @Test
    void processorsAreSeparatedByCommas() {
        assertThat(GatewaySettings.from(Settings.of(
                                Map.of("gateway.open", "true", "gateway.processors", "http://a:1/, https://b/base//,")))
                        .processors())
                .containsExactly(URI.create("http://a:1"), URI.create("https://b/base"));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.prot,1",
        "gateway.port,65536",
        "gateway.reply.timeout,PT0S",
        "gateway.reply.timeout,PT11M",
        "gateway.max.body.bytes,0",
        "gateway.max.waiting,none",
        "gateway.max.queries,0",
        "gateway.query.timeout,PT0S",
        "gateway.processors,''",
        "gateway.processors,processor-1:8082",
        "gateway.processors,ftp://processor-1",
        "gateway.processors,http://",
        "gateway.processors,http://a:65536",
        "gateway.processors,http://a b",
        "gateway.processors,http://a?b=c",
        "gateway.processors,http://user:key@a"
    })
    void aSettingThatIsUnknownOrOutOfRangeIsNamed(String name, String value) {
        assertThatThrownBy(() -> GatewaySettings.from(Settings.of(Map.of("gateway.open", "true", name, value))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name);
    }
}
