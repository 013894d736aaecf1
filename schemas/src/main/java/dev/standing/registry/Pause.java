package dev.standing.registry;

/** Waits between two tries. */
@FunctionalInterface
interface Pause {

    /**
     * Waits.
     *
     * @param millis how long, in milliseconds; 0 or more
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    void await(long millis) throws InterruptedException;
}
