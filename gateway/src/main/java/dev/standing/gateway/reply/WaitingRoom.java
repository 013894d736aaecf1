package dev.standing.gateway.reply;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who waits for which command: so many at a time, and each for so long. Safe for use by many threads. */
final class WaitingRoom implements AutoCloseable {

    private final Map<String, Waiter> waiters = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor clock;

    WaitingRoom(int maxWaiting, Duration patience) {
        this.places = new Semaphore(maxWaiting);
        this.patience = patience;
        this.clock = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, "gateway-reply-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * A place in the room.
     *
     * @param waiter whom to tell of a reply
     * @param reply the reply; whoever is told of it has left the room
     */
    record Place(Waiter waiter, CompletableFuture<Reply> reply) {}

    /**
     * Lets somebody wait for a command, until there is a reply or patience ends.
     *
     * @param hurriedAfter from then on it is enough that Kafka has the command; empty: the result is waited for as long as
     *     patience lasts
     * @return the place; empty if the room is full
     */
    Optional<Place> enter(String commandId, Optional<Duration> hurriedAfter) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        Waiter waiter = new Waiter();
        waiters.put(commandId, waiter);
        Future<?> timeout = after(patience, waiter::giveUp);
        Optional<Future<?>> haste = hurriedAfter
                .filter(shorter -> shorter.compareTo(patience) < 0)
                .map(shorter -> after(shorter, waiter::hurry));
        CompletableFuture<Reply> reply = waiter.reply().whenComplete((answer, failure) -> {
            timeout.cancel(false);
            haste.ifPresent(planned -> planned.cancel(false));
            waiters.remove(commandId);
            places.release();
        });
        return Optional.of(new Place(waiter, reply));
    }

    private Future<?> after(Duration time, Runnable action) {
        return clock.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Who waits for a command; empty if nobody does, or does any more. */
    Optional<Waiter> waitingFor(String commandId) {
        return Optional.ofNullable(waiters.get(commandId));
    }

    /** How many wait now. */
    int size() {
        return waiters.size();
    }

    /** Waits until nobody waits any more, for so long at most. */
    void awaitEmpty(Duration atMost) {
        CompletableFuture<?>[] replies =
                waiters.values().stream().map(Waiter::reply).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(replies).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            waiters.values().forEach(Waiter::giveUp);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A reply is never exceptional", e);
        }
    }

    /** Sends everybody away with what can be promised. */
    @Override
    public void close() {
        clock.shutdownNow();
        waiters.values().forEach(Waiter::giveUp);
    }
}
