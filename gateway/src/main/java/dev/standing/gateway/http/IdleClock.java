package dev.standing.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;

/**
 * The time after which a connection on which nothing happens is closed. It stands still while a request waits for its
 * answer: where both ended at the same moment, Jetty closed connections on which an answer was just about to be written.
 */
final class IdleClock {

    private final Duration timeout;

    /**
     * A clock.
     *
     * @param timeout what it runs up to
     */
    IdleClock(Duration timeout) {
        this.timeout = timeout;
    }

    /** Stops it for the connection of a request. */
    void stop(HttpServletRequest request) {
        endPoint(request).setIdleTimeout(0);
    }

    /** Has it run again from the beginning. */
    void start(HttpServletRequest request) {
        EndPoint endPoint = endPoint(request);
        if (endPoint instanceof IdleTimeout idle) {
            idle.notIdle();
        }
        endPoint.setIdleTimeout(timeout.toMillis());
    }

    /** The end of the connection itself; that of TLS is about it. */
    private static EndPoint endPoint(HttpServletRequest request) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint;
    }
}
