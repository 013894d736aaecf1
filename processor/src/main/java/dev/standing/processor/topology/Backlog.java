package dev.standing.processor.topology;

import dev.standing.processor.metrics.TaskGauges;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.OpenCascades;
import java.time.Instant;
import java.util.Optional;

/** What one task has ahead of it, as it was when the task told it last. */
final class Backlog implements TaskGauges {

    private final DueIndex due;
    private final OpenCascades cascades;

    private volatile Seen seen = new Seen(Optional.empty(), 0, Optional.empty());

    Backlog(DueIndex due, OpenCascades cascades) {
        this.due = due;
        this.cascades = cascades;
    }

    private record Seen(Optional<Instant> nextDue, long openCascades, Optional<Instant> oldestCascade) {}

    /** Tells what is ahead now; for the task's own thread. */
    void tell() {
        seen = new Seen(due.next(), cascades.count(), cascades.oldest());
    }

    @Override
    public Optional<Instant> nextDue() {
        return seen.nextDue();
    }

    @Override
    public long openCascades() {
        return seen.openCascades();
    }

    @Override
    public Optional<Instant> oldestCascade() {
        return seen.oldestCascade();
    }
}
