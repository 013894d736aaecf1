package dev.standing.local.imports.input;

/** The file as a whole cannot be imported; the message says why. Nothing was sent. */
public final class UnusableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason, for people. */
    public UnusableFileException(String message) {
        super(message);
    }
}
