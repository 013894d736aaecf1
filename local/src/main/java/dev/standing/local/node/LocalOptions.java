package dev.standing.local.node;

import dev.standing.gateway.GatewaySettings;
import dev.standing.gateway.access.AccessSettings;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
 * @param open whether nobody is to be authenticated
 * @param kafkaPort 0: any free one
 * @param registryPort 0: any free one
 */
public record LocalOptions(Path data, Settings settings, boolean open, int kafkaPort, int registryPort) {

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

    /**
     * Refuses to let anybody in who is not on this machine.
     *
     * @throws InvalidSettingsException if nobody is to be authenticated, and the gateway is to listen elsewhere
     */
    public void requireLoopbackIfOpen() {
        String host = settings.get(GatewaySettings.HOST);
        if (open && !isLoopback(host)) {
            throw new InvalidSettingsException("--open is for this machine alone, and " + GatewaySettings.HOST.name()
                    + " is " + host + "; " + AccessSettings.OPEN.name() + "=true is for all who can reach it");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The file of this machine's own key; empty: it is told otherwise who is let in. */
    Optional<Path> ownKeysFile() {
        boolean isTold = open
                || settings.get(AccessSettings.OPEN)
                || settings.get(AccessSettings.KEYS_FILE).isPresent()
                || settings.get(AccessSettings.JWKS).isPresent();
        return isTold ? Optional.empty() : Optional.of(data.resolve("keys.json"));
    }

    /** Whether requests can be sent: with this machine's own key, or without any. */
    public boolean canAsk() {
        return open || settings.get(AccessSettings.OPEN) || ownKeysFile().isPresent();
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
