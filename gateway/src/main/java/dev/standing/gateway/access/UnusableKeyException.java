package dev.standing.gateway.access;

/** A key, or a file of keys, that is not what it should be. The message tells what is wrong, and no credential. */
public final class UnusableKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for the operator. */
    public UnusableKeyException(String message) {
        super(message);
    }

    UnusableKeyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
