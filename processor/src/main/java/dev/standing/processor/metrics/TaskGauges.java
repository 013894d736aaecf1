package dev.standing.processor.metrics;

import java.time.Instant;
import java.util.Optional;

/** What a task has ahead of it. Asked by other threads than the task's own, at any time: no answer may touch a store. */
public interface TaskGauges {

    /** A time than which no change of the task is due earlier; empty if none is planned. */
    Optional<Instant> nextDue();

    /** How many cascades are not finished. */
    long openCascades();

    /** When the oldest cascade began that is not finished; empty if there is none. */
    Optional<Instant> oldestCascade();
}
