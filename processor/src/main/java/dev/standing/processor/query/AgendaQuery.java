package dev.standing.processor.query;

import dev.standing.avro.PlannedChangeStatus;
import dev.standing.processor.history.AgendaExcerpt;
import dev.standing.processor.history.AgendaPosition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The question what is planned over all customers, soonest first.
 *
 * @param status only changes that wait for this; empty: for anything
 * @param dueBefore only changes of an earlier date
 * @param after only what follows on this
 * @param limit how many changes at most
 */
record AgendaQuery(
        Optional<PlannedChangeStatus> status, Optional<Instant> dueBefore, Optional<AgendaPosition> after, int limit) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    static AgendaQuery parse(QueryParameters parameters) {
        parameters.requireOnly(Set.of("status", "dueBefore", "after", "limit"));
        return new AgendaQuery(
                parameters.reading("status", AgendaQuery::status, "SCHEDULED or PENDING"),
                parameters.instant("dueBefore"),
                parameters.reading("after", AgendaPosition::parse, "the next of an earlier page, as it was"),
                Math.toIntExact(parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)));
    }

    private static Optional<PlannedChangeStatus> status(String text) {
        return statuses().stream().filter(status -> status.name().equals(text)).findFirst();
    }

    private static Set<PlannedChangeStatus> statuses() {
        return Set.of(PlannedChangeStatus.SCHEDULED, PlannedChangeStatus.PENDING);
    }

    /** What is asked of each partition: one more than may be answered, which tells whether there are more. */
    AgendaExcerpt excerpt() {
        return new AgendaExcerpt(status.map(Set::of).orElseGet(AgendaQuery::statuses), after, dueBefore, limit + 1);
    }
}
