package dev.standing.gateway.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that sends any bytes at all, and takes what comes back. Each exchange has a connection of its own. */
final class Wire {

    /** Nobody is kept waiting for longer: what takes longer hangs. */
    private static final int PATIENCE_SECONDS = 20;

    private static final int SHOWN = 4_000;

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "hostile-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /** The complete answers to what is sent; empty if the connection was closed without any. */
    List<RawAnswer> exchange(byte[] sent) {
        AtomicBoolean hung = new AtomicBoolean();
        byte[] received = new byte[0];
        try (Socket socket = connect()) {
            ScheduledFuture<?> watch = WATCH.schedule(() -> hang(socket, hung), PATIENCE_SECONDS, TimeUnit.SECONDS);
            send(socket, sent);
            received = receive(socket.getInputStream());
            watch.cancel(false);
        } catch (SocketTimeoutException e) {
            hung.set(true);
        } catch (IOException e) {
            throw new AssertionError("There is no connection to be had", e);
        }
        if (hung.get()) {
            throw new AssertionError("There is neither an answer nor an end: " + shown(sent));
        }
        return RawAnswer.read(received, contains(sent, "HEAD "));
    }

    private static void hang(Socket socket, AtomicBoolean hung) {
        hung.set(true);
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A connection, which is the caller's to close. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return socket;
    }

    /** Sends all, unless the server closes the connection before. Nothing else will come then. */
    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            // The server has closed the connection, as it may. What it said before can perhaps be read.
        }
    }

    /** What comes until the connection is closed, or a stream without end begins. */
    private static byte[] receive(InputStream in) throws SocketTimeoutException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        try {
            int length = in.read(buffer);
            while (length >= 0) {
                received.write(buffer, 0, length);
                if (contains(buffer, length, "Content-Type: text/event-stream")) {
                    break;
                }
                length = in.read(buffer);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // The connection was reset.
        }
        return received.toByteArray();
    }

    private static boolean contains(byte[] bytes, String text) {
        return contains(bytes, Math.min(bytes.length, 100_000), text);
    }

    private static boolean contains(byte[] bytes, int length, String text) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Bytes for people: printable ASCII as it is, the rest escaped, and not too many. */
    static String shown(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, SHOWN); i++) {
            char c = (char) (bytes[i] & 0xff);
            text.append(c == '\n' || (c >= ' ' && c <= '~') ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return bytes.length > SHOWN ? text + "... (" + bytes.length + " bytes)" : text.toString();
    }
}
