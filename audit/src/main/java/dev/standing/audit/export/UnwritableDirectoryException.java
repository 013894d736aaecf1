package dev.standing.audit.export;

/** A file could not be written, or read again. What was finished is kept, and the same command goes on from there. */
public final class UnwritableDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnwritableDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
