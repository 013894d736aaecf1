package dev.standing.service.settings;

/** A setting that is unknown, malformed or out of range. The message names it, and tells what is expected. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for the operator. */
    public InvalidSettingsException(String message) {
        super(message);
    }

    InvalidSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
