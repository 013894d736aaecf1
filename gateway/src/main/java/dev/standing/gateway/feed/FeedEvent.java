package dev.standing.gateway.feed;

/**
 * An event as it is sent.
 *
 * @param partition where it lies
 * @param offset where it lies there
 * @param key the key of its record; may be null
 * @param body the lines of the message that say what happened, and the empty line after them; the id comes before
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record FeedEvent(int partition, long offset, byte[] key, String body) {

    /** The whole message, with the position that whoever has it has reached (WHATWG HTML, section 9.2.6). */
    String message(FeedPosition after) {
        return "id: " + after + "\n" + body;
    }
}
