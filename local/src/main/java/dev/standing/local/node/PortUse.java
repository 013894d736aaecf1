package dev.standing.local.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is going to be listened on.
 *
 * @param purpose what for, as people call it
 * @param option the option that sets another one
 * @param host the address
 * @param port 0: any free one
 */
public record PortUse(String purpose, String option, String host, int port) {

    private static final Logger LOG = LoggerFactory.getLogger(PortUse.class);

    /**
     * Finds out that all ports are free, and no two the same, before anything is started on one of them.
     *
     * @throws PortNotFreeException naming the first that is not
     */
    public static void requireFree(List<PortUse> uses) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (PortUse use : uses) {
                if (use.port() != 0) {
                    held.add(use.bind());
                }
            }
        } finally {
            held.forEach(PortUse::close);
        }
    }

    private ServerSocket bind() {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                // Connections of an earlier run that linger in TIME_WAIT do not keep servers from listening.
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, port));
                return socket;
            } catch (IOException e) {
                close(socket);
                throw e;
            }
        } catch (IOException e) {
            throw new PortNotFreeException(this, e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("Cannot close {}", socket, e);
        }
    }
}
