package dev.standing.audit.log;

/** The log cannot be read: Kafka does not answer, or there is no such topic. Tells people what is missing. */
public final class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogUnavailableException(String message) {
        super(message);
    }

    LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
