package dev.standing.local.imports.send;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

    /** Returns after this time, or as soon as there is no point in waiting. */
    void pause(Duration duration) throws InterruptedException;
}
