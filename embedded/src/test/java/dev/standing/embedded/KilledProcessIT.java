package dev.standing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessIT {

    @TempDir
    private Path parent;

    @Test
    void whatWasAcknowledgedSurvivesKillMinusNine() throws Exception {
        Path directory = parent.resolve("data");
        try (ChildJvm child = ChildJvm.run(parent, PlatformProcess.class, directory.toString())) {
            KafkaProbe probe = new KafkaProbe(child.line());
            RegistryProbe registry = new RegistryProbe(child.line());
            probe.createTopic("things");
            probe.send("things", "kept");
            registry.post("/subjects/a/versions", RegistryProbe.schema("\"string\""));
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.on(directory, 0)))
                    .isInstanceOf(DataDirectoryLockedException.class)
                    .hasMessageContaining("pid " + child.process().pid());
            child.kill();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0));
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            assertThat(new KafkaProbe(broker.bootstrapServers()).values("things", 1))
                    .containsExactly("kept");
            assertThat(new RegistryProbe(registry.url()).get("/schemas/ids/1").body())
                    .isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
        }
    }

    @Test
    void nothingButTheLogIsWrittenToTheConsole() throws Exception {
        Path directory = parent.resolve("data");
        try (ChildJvm child = ChildJvm.run(parent, PlatformProcess.class, directory.toString())) {
            assertThat(child.line()).startsWith("127.0.0.1:");
            assertThat(child.line()).startsWith("http://127.0.0.1:");
            child.process().getOutputStream().close();
            assertThat(child.line()).as("after an orderly end").isNull();
            assertThat(child.process().waitFor()).isZero();
            assertThat(child.errors()).isEmptyFile();
        }
    }
}
