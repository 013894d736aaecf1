package dev.standing.gateway.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a request may go on, for all that its caller has sent before. */
public sealed interface Admission {

    /** It may, and counts as under way until this is closed. */
    final class Permit implements Admission, AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();
        private final Runnable release;

        Permit(Runnable release) {
            this.release = release;
        }

        /** Lets another one in its place; without effect the second time. Any thread may do it. */
        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                release.run();
            }
        }
    }

    /**
     * It may not.
     *
     * @param retryAfter when it is worth trying again: whole seconds, at least one
     * @param why for the client
     */
    record TooMany(Duration retryAfter, String why) implements Admission {}
}
