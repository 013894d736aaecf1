package dev.standing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.junit.jupiter.api.Test;

class EmbeddedPlatformIT {

    @Test
    void nothingIsLeftOfATemporaryPlatform() throws Exception {
        Path directory;
        try (EmbeddedPlatform platform = EmbeddedPlatform.startTemporary()) {
            assertThat(new RegistryProbe(platform.registryUrl())
                            .get("/subjects")
                            .body())
                    .isEqualTo("[]");
            directory = dataDirectory(platform.bootstrapServers());
            assertThat(directory).isDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void aBrokerThatIsRestartedHasItsDataAndItsClients() {
        try (EmbeddedPlatform platform = EmbeddedPlatform.startTemporary()) {
            String bootstrapServers = platform.bootstrapServers();
            KafkaProbe probe = new KafkaProbe(bootstrapServers);
            probe.createTopic("things");
            probe.send("things", "kept");

            platform.restartBroker();

            assertThat(platform.bootstrapServers()).isEqualTo(bootstrapServers);
            assertThat(probe.values("things", 1)).containsExactly("kept");
            RegistryProbe registry = new RegistryProbe(platform.registryUrl());
            assertThat(registry.post("/subjects/things-value/versions", RegistryProbe.schema("\"string\""))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static Path dataDirectory(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<String, LogDirDescription> directories = admin.describeLogDirs(List.of(1))
                    .allDescriptions()
                    .get(20, TimeUnit.SECONDS)
                    .get(1);
            return Path.of(directories.keySet().iterator().next());
        }
    }
}
