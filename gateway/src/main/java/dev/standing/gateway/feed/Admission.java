package dev.standing.gateway.feed;

import dev.standing.gateway.http.OpenStream;
import dev.standing.gateway.http.Problem;
import java.util.function.Consumer;

/** Whether somebody may follow the feed. */
public sealed interface Admission {

    /**
     * Yes.
     *
     * @param follow to be called once with the stream that the events are to go to; does not block. The stream may be
     *     ended at once, if the feed has ended or has filled up since.
     */
    record Admitted(Consumer<OpenStream> follow) implements Admission {}

    /** No: INVALID_REQUEST for a position that the log does not have, UNAVAILABLE for what may go well later. */
    record Refused(Problem problem) implements Admission {}
}
