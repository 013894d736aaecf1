package dev.standing.registry;

/**
 * No answer is to be had from the registry now: every URL was tried, as often as configured. The same request may succeed later.
 *
 * <p>Also thrown when the thread is interrupted while it waits; its interrupt flag is then set.
 */
public final class RegistryUnavailableException extends RegistryException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message) {
        super(message);
    }

    /**
     * For a registry that gives no answer.
     *
     * @param message says what was asked
     * @param cause what stood in the way
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
