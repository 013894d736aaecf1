package dev.standing.embedded;

/**
 * The broker could not start, or stopped itself later: a lost data directory, a full disk, a port taken at the last
 * moment. Kafka would have ended the JVM; the log has Kafka's own report of the cause.
 */
public final class BrokerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure that Kafka reported to its log only.
     *
     * @param message what happened
     */
    BrokerFailedException(String message) {
        super(message);
    }

    /**
     * A failure with a known cause.
     *
     * @param message what happened
     * @param cause why
     */
    BrokerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
