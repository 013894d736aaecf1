package dev.standing.gateway.http;

/** The gateway cannot listen where it was told to. The message names host and port, and what is wrong. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortUnavailableException(String host, int port, Throwable cause) {
        super(
                "The gateway cannot listen on " + host + ":" + port + " (gateway.host, gateway.port): " + reason(cause),
                cause);
    }

    /** The innermost message: that of the operating system. */
    private static String reason(Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }
}
