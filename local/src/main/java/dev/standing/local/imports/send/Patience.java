package dev.standing.local.imports.send;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** How long is gone on without a single answer, over all requests together. */
public final class Patience {

    private final Duration limit;
    private final InstantSource clock;
    private final Consumer<String> trouble;
    private Instant lastAnswer;
    private boolean told;

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
        this.lastAnswer = clock.instant();
    }

    /** Something was answered. */
    synchronized void answered() {
        lastAnswer = clock.instant();
        told = false;
    }

    /** Something was not answered; whether there was no answer for too long. */
    synchronized boolean isOver(String why) {
        if (!told) {
            told = true;
            trouble.accept(why);
        }
        return Duration.between(lastAnswer, clock.instant()).compareTo(limit) >= 0;
    }

    /** How long is waited. */
    Duration limit() {
        return limit;
    }
}
