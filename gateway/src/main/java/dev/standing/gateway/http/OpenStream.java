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

    /**
     * Asks whether the client has taken most of what was written. Whoever asks before each text is never the cause that
     * a client is dropped: after true, a text of any length is taken.
     *
     * @param whenItIs is run once when it has, if it has not now; never after true. It must not block. If the stream
     *     ends before, it may be run or not.
     * @return true also when the stream has ended
     */
    boolean isWritable(Runnable whenItIs);

    /** Ends the stream, after what waits has gone out; does nothing if it has ended. */
    void end();

    /** Has an action run once when the stream has ended, by whatever end; at once if it has. It must not block. */
    void whenEnded(Runnable action);
}
