package dev.standing.audit.checkpoint;

/** A checkpoint, or a key for it, cannot be read or written. Tells people why. */
public final class UnusableCheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableCheckpointException(String message) {
        super(message);
    }

    UnusableCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
