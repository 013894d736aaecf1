package dev.standing.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "no such host."})
    void onlyLoopbackMayBeOpen(String host) {
        assertThatThrownBy(() -> options(true, Map.of("gateway.host", host)).requireLoopbackIfOpen())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll("--open", "gateway.host is " + host, "gateway.open=true");
        assertThatCode(() -> options(false, Map.of("gateway.host", host)).requireLoopbackIfOpen())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void loopbackMayBeOpen(String host) {
        assertThatCode(() -> options(true, Map.of("gateway.host", host)).requireLoopbackIfOpen())
                .doesNotThrowAnyException();
    }

    @Test
    void aKeyIsMadeInTheDataDirectory() {
        assertThat(options(false, Map.of()).ownKeysFile()).hasValue(Path.of("data", "keys.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "true, gateway.port, 1",
        "false, gateway.open, true",
        "false, gateway.keys.file, k.json",
        "false, gateway.jwt.jwks, https://id.example/keys"
    })
    void noKeyIsMadeWhereItIsToldWhoIsLetIn(boolean open, String setting, String value) {
        assertThat(options(open, Map.of(setting, value)).ownKeysFile()).isEmpty();
    }

    private static LocalOptions options(boolean open, Map<String, String> settings) {
        return new LocalOptions(Path.of("data"), Settings.of(settings), open, 0, 0);
    }
}
