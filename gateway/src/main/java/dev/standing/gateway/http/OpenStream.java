package dev.standing.gateway.http;

/**
 * An answer that goes on: what is written goes to the client as fast as it reads. Safe for use by many threads, none of
 * which it ever holds.
 */
public interface OpenStream {

    /**
     * Hands text over, which reaches the client in the order of the calls.
     *
     * @return whether the stream is still open. A client that reads so slowly that too much waits for it is dropped: then
     *     this call has ended the stream.
     */
    boolean write(String text);

    /** Ends the stream, after what waits has gone out; does nothing if it has ended. */
    void end();

    /** Has an action run once when the stream has ended, by whatever end; at once if it has. It must not block. */
    void whenEnded(Runnable action);
}
