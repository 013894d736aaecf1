package dev.standing.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final Setting<Integer> PORT = Setting.port("gateway.port", 8080, "Port");
    private static final Setting<Duration> WAIT = Setting.duration("gateway.wait", Duration.ofSeconds(10), "Wait");

    @TempDir
    Path directory;

    @Test
    void whatIsNotGivenHasItsDefault() {
        Settings settings = Settings.of(Map.of());

        assertThat(settings.get(PORT)).isEqualTo(8080);
        assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(Setting.optionalPath("a.b", "File"))).isEmpty();
        assertThat(settings.get(Setting.text("a.c", "x", "Text"))).isEqualTo("x");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = directory.resolve("standing.properties");
        Files.writeString(file, "gateway.port=1\ngateway.wait = PT2S \n# a comment\nname=Kund\u00e9\n");

        Settings settings = Settings.read(
                Optional.of(file), Map.of("STANDING_GATEWAY_PORT", "2", "PATH", "/bin", "STANDING_", "none"));

        assertThat(settings.get(PORT)).isEqualTo(2);
        assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(Setting.text("name", "", "Name"))).isEqualTo("Kund\u00e9");
    }

    @Test
    void aValueThatDoesNotFitIsNamedWithWhatWouldFit() {
        assertRefused(Map.of("gateway.port", "eighty"), "gateway.port must be a whole number from 0 to 65535");
        assertRefused(Map.of("gateway.port", "65536"), "gateway.port must be a whole number from 0 to 65535");
        assertRefused(Map.of("gateway.wait", "10s"), "gateway.wait must be a duration like PT10S");
        assertRefused(Map.of("gateway.wait", "PT-1S"), "gateway.wait must be a duration like PT10S");
    }

    @Test
    void whatIsSoOrNotIsTrueOrFalse() {
        Setting<Boolean> open = Setting.bool("gateway.open", false, "Open");

        assertThat(Settings.of(Map.of()).get(open)).isFalse();
        assertThat(Settings.of(Map.of("gateway.open", "true")).get(open)).isTrue();
        assertThatThrownBy(() -> Settings.of(Map.of("gateway.open", "yes")).get(open))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("gateway.open must be true or false, not \"yes\"");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path binary = directory.resolve("binary");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> Settings.read(Optional.of(directory.resolve("none")), Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> Settings.read(Optional.of(binary), Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aMisspeltNameIsNotPassedOver() {
        Settings settings = Settings.of(Map.of("gateway.prot", "1", "gateway.open.x", "1"));

        assertThatThrownBy(() -> settings.requireKnown("gateway.", List.of(PORT, WAIT), List.of("gateway.open.")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Unknown setting gateway.prot; known are gateway.port, gateway.wait");
    }

    @Test
    void othersWinThatAreAdded() {
        assertThat(Settings.of(Map.of("gateway.port", "1"))
                        .with(Map.of("gateway.port", "2"))
                        .get(PORT))
                .isEqualTo(2);
    }

    @Test
    void connectionsPassKafkasAndTheRegistrysSettingsOn() {
        ConnectionSettings connection = ConnectionSettings.from(
                Settings.of(Map.of(
                        "kafka.security.protocol", "SSL",
                        "schema.registry.url", "http://r:1",
                        "schema.registry.ssl.truststore.location", "/t",
                        "basic.auth.user.info", "u:p",
                        "topics.partitions", "3",
                        "gateway.port", "1")),
                List.of("gateway."));

        assertThat(connection.kafka())
                .isEqualTo(Map.of("security.protocol", "SSL", "bootstrap.servers", "localhost:9092"));
        assertThat(connection.registry())
                .isEqualTo(Map.of(
                        "schema.registry.url", "http://r:1",
                        "schema.registry.ssl.truststore.location", "/t",
                        "basic.auth.user.info", "u:p"));
        assertThat(connection.partitions()).isEqualTo(3);
        assertThat(connection.topicPrefix()).isEqualTo("standing.");
        assertThat(connection.replicationFactor()).isEqualTo((short) -1);
    }

    @Test
    void connectionsRefuseNamesThatNobodyKnows() {
        assertThatThrownBy(() -> ConnectionSettings.from(Settings.of(Map.of("topic.prefix", "x")), List.of("gateway.")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("topic.prefix")
                .hasMessageContaining("gateway., kafka., topics.");
        assertThatThrownBy(() -> ConnectionSettings.from(Settings.of(Map.of("topics.perfix", "x")), List.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("topics.perfix");
    }

    private static void assertRefused(Map<String, String> values, String message) {
        Settings settings = Settings.of(values);
        assertThatThrownBy(() -> {
                    settings.get(PORT);
                    settings.get(WAIT);
                })
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }
}
