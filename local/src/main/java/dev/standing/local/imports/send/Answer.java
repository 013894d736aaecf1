package dev.standing.local.imports.send;

import java.time.Duration;
import java.util.Optional;

/** What a gateway makes of a request. */
public sealed interface Answer {

    /**
     * It is in.
     *
     * @param replayed whether it was in before
     */
    record Done(boolean replayed) implements Answer {}

    /** It is turned down. */
    record Refused(String code, Optional<String> field, String message) implements Answer {}

    /**
     * The same request is to be sent again.
     *
     * @param why for people
     * @param after not before; empty: it does not say
     */
    record Later(String why, Optional<Duration> after) implements Answer {}

    /**
     * The gateway, or the connection, broke at this request: it is to be sent again, but not for ever.
     *
     * @param code what it is reported as if it never goes through
     */
    record Failed(String code, String why) implements Answer {}

    /** Whatever answers takes no such requests: there is no use in going on. */
    record Hopeless(String why) implements Answer {}
}
