package dev.standing.gateway.query;

import dev.standing.gateway.uri.UriText;
import java.time.Instant;
import java.util.Optional;

/**
 * Which planned changes are asked for.
 *
 * @param status {@code SCHEDULED} or {@code PENDING}; empty: both
 * @param dueBefore only changes of an earlier date; empty: of any
 * @param after the {@code next} of the page before; empty: the first page
 * @param limit the most changes; more than zero
 */
public record ChangesQuery(Optional<String> status, Optional<Instant> dueBefore, Optional<String> after, int limit) {

    /** What a processor is asked for. */
    String pathAndQuery() {
        return "/query/changes?limit=" + limit
                + status.map(text -> "&status=" + UriText.encode(text)).orElse("")
                + dueBefore
                        .map(time -> "&dueBefore=" + UriText.encode(time.toString()))
                        .orElse("")
                + after.map(text -> "&after=" + UriText.encode(text)).orElse("");
    }
}
