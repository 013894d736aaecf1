package dev.standing.local.process;

/** A part of the process cannot go on. The message names it and says why. */
public final class PartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of a part.
     *
     * @param part its name
     * @param cause why
     */
    public PartFailedException(String part, Throwable cause) {
        super(part + " failed", cause);
    }
}
