package dev.standing.local.imports.send;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** How long is gone on without a single answer, over all requests together. */
public final class Patience {

    private final Duration limit;
    private final InstantSource clock;
    private final Consumer<String> trouble;
    private long answers;
    /** When answers began to fail to come. */
    private Optional<Instant> since = Optional.empty();

    private boolean supposed;

    /**
     * Makes one.
     *
     * @param limit how long
     * @param clock the time
     * @param trouble is told once whenever answers begin to fail to come
     */
    public Patience(Duration limit, InstantSource clock, Consumer<String> trouble) {
        this.limit = limit;
        this.clock = clock;
        this.trouble = trouble;
    }

    /** Something was answered. */
    synchronized void answered() {
        answers++;
        since = Optional.empty();
        supposed = false;
    }

    /** How many were answered so far. */
    synchronized long answers() {
        return answers;
    }

    /** Something was not answered; whether there was no answer for too long. */
    synchronized boolean isOver(String why) {
        if (since.isEmpty()) {
            since = Optional.of(clock.instant());
            trouble.accept(why);
        }
        return isOver();
    }

    /**
     * Whether a request that failed again and again is to blame, and not the gateway: others were answered meanwhile.
     * There may be no others; when the patience is over, this is supposed once, and if the next request fails like that
     * too, it was the gateway.
     *
     * @param answersBefore how many were answered before its first failure
     */
    synchronized boolean blames(long answersBefore) {
        boolean othersAreAnswered = answers > answersBefore;
        if (!othersAreAnswered && !supposed && isOver()) {
            supposed = true;
            since = Optional.of(clock.instant());
            return true;
        }
        return othersAreAnswered;
    }

    /** How long is waited. */
    Duration limit() {
        return limit;
    }

    private boolean isOver() {
        return since.isPresent()
                && Duration.between(since.get(), clock.instant()).compareTo(limit) >= 0;
    }
}
