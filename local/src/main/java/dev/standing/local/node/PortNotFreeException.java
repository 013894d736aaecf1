package dev.standing.local.node;

/** A port cannot be listened on. Nothing was started. The message names the port, its use and the option for another. */
public final class PortNotFreeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortNotFreeException(PortUse use, Throwable cause) {
        super(
                "Port %d, for %s, is not free on %s; choose another with %s PORT, or any free one with %s 0"
                        .formatted(use.port(), use.purpose(), use.host(), use.option(), use.option()),
                cause);
    }
}
