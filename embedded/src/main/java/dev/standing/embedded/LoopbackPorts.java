package dev.standing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds out whether a port can be bound, before a server that reports it badly tries to. */
final class LoopbackPorts {

    /**
     * Free ports are chosen below the range from which operating systems take the ports of outgoing connections (Linux
     * from 32768, macOS and Windows from 49152), so that none of ours can take it between the choice and the bind.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    private LoopbackPorts() {}

    /**
     * The port asked for if it is free, or a free one if 0 is asked for.
     *
     * @throws PortTakenException if the port is taken
     */
    static int free(String purpose, String host, int port) {
        if (port == 0) {
            return choose(purpose, host);
        }
        requireFree(purpose, host, port);
        return port;
    }

    private static int choose(String purpose, String host) {
        PortTakenException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try {
                requireFree(purpose, host, candidate);
                return candidate;
            } catch (PortTakenException e) {
                last = e;
            }
        }
        throw new IllegalStateException("no free port found in " + ATTEMPTS + " attempts", last);
    }

    private static void requireFree(String purpose, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As Kafka and Jetty do: connections of an earlier run that linger in TIME_WAIT do not count as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw new PortTakenException(purpose, port, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find out whether port " + port + " is free", e);
        }
    }
}
