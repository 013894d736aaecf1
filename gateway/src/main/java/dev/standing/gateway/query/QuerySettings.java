package dev.standing.gateway.query;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How processors are asked.
 *
 * @param processors their base URLs, http or https; at least one. One that does not have the answer points to the one
 *     that has.
 * @param timeout how long an answer is waited for, whoever gives it; more than zero
 * @param maxQueries the most queries that are waited for at a time; more than zero
 */
public record QuerySettings(List<URI> processors, Duration timeout, int maxQueries) {

    /** Keeps a copy of the list, which must not be empty. */
    public QuerySettings {
        processors = List.copyOf(processors);
        if (processors.isEmpty()) {
            throw new IllegalArgumentException("There is no processor to ask");
        }
    }
}
