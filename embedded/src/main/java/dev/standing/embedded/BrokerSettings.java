package dev.standing.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What an {@link EmbeddedBroker} needs to know.
 *
 * @param dataDirectory where the broker keeps everything; created if missing
 * @param port the port for clients, 0 to 65535; 0 chooses a free one
 * @param host the loopback address to bind to and to advertise
 */
public record BrokerSettings(Path dataDirectory, int port, String host) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the port is out of range or the host is not a loopback address: the broker
     *     asks nobody for a password, so nobody else may reach it
     */
    public BrokerSettings {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + HIGHEST_PORT + ", not " + port);
        }
        requireLoopback(host);
    }

    /**
     * Settings for a broker on 127.0.0.1.
     *
     * @param dataDirectory where the broker keeps everything; created if missing
     * @param port the port for clients; 0 chooses a free one
     * @return the settings
     * @throws IllegalArgumentException if the port is out of range
     */
    public static BrokerSettings on(Path dataDirectory, int port) {
        return new BrokerSettings(dataDirectory, port, LOOPBACK);
    }

    private static void requireLoopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new IllegalArgumentException("host must be a loopback address, not " + host);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host is not known: " + host, e);
        }
    }
}
