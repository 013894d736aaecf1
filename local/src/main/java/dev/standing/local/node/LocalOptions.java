package dev.standing.local.node;

import dev.standing.gateway.GatewaySettings;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything on one machine is.
 *
 * @param data the directory that keeps everything
 * @param settings those of the gateway and the processor, their ports included
 * @param kafkaPort 0: any free one
 * @param registryPort 0: any free one
 */
public record LocalOptions(Path data, Settings settings, int kafkaPort, int registryPort) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> FOREIGN =
            List.of("STANDING_KAFKA_", "STANDING_SCHEMA_", "STANDING_BASIC_", "STANDING_BEARER_");

    /**
     * The settings of an environment, but for those that say how to reach another Kafka or registry: a local run has its
     * own.
     */
    public static Settings fromEnvironment(Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(variable -> FOREIGN.stream().anyMatch(variable::startsWith));
        return Settings.read(Optional.empty(), own);
    }

    /** All ports, with the options that set them. */
    public List<PortUse> ports() {
        return List.of(
                new PortUse("HTTP", "--port", settings.get(GatewaySettings.HOST), settings.get(GatewaySettings.PORT)),
                new PortUse("Kafka", "--kafka-port", LOOPBACK, kafkaPort),
                new PortUse("the schema registry", "--registry-port", LOOPBACK, registryPort),
                new PortUse(
                        "the processor's HTTP",
                        "--query-port",
                        settings.get(ProcessorSettings.QUERY_HOST),
                        settings.get(ProcessorSettings.QUERY_PORT)));
    }
}
