package dev.standing.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for a service that is to be known before it runs. */
final class LoopbackPort {

    private LoopbackPort() {}

    /** One that nobody listens on now. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
