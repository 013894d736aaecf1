package dev.standing.service.files;

/**
 * A file that cannot be read, or is not what it should be. The message is for the operator, and is logged: it tells
 * what is wrong and where, and never repeats what stands in the file.
 */
public final class InvalidFileException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public InvalidFileException(String message) {
        super(message);
    }

    /** As above, with what revealed it; it is not logged. */
    public InvalidFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
