package dev.standing.embedded;

/**
 * A port that is needed belongs to another process. Nothing was started and nothing was written.
 *
 * <p>The message says what the port is for and its number; a caller that knows the name of the option that sets it can
 * build a better one from {@link #purpose()} and {@link #port()}.
 */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String purpose;
    private final int port;

    /**
     * A port that could not be bound.
     *
     * @param purpose what the port is for, as a noun: {@code Kafka}
     * @param port its number
     * @param cause what the operating system answered
     */
    PortTakenException(String purpose, int port, Throwable cause) {
        super("%s port %d is taken by another process".formatted(purpose, port), cause);
        this.purpose = purpose;
        this.port = port;
    }

    /**
     * What the port is for.
     *
     * @return a noun such as {@code Kafka} or {@code Schema registry}
     */
    public String purpose() {
        return purpose;
    }

    /**
     * The port that is taken.
     *
     * @return its number
     */
    public int port() {
        return port;
    }
}
