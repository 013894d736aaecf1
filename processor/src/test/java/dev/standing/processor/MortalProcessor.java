package dev.standing.processor;

import static org.awaitility.Awaitility.await;

import dev.standing.service.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;

/**
 * A processor that dies again and again, as hard as it can without its process. Its threads ask for the time whenever
 * they decide something, and again when it is written: one of them finds its death there. For one thread.
 */
final class MortalProcessor implements AutoCloseable {

    private final Settings settings;
    private final Path directory;
    private final InstantSource clock;
    private final AtomicInteger timesToDeath = new AtomicInteger();
    private final Set<Thread> dead = ConcurrentHashMap.newKeySet();
    private int disks;
    private ProcessorService service;

    /**
     * Starts it.
     *
     * @param directory of its stores
     */
    MortalProcessor(Settings settings, Path directory, InstantSource clock) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
        this.service = start();
    }

    /**
     * A stream thread dies in the middle of a transaction, and stays in the group until the broker misses it. Another
     * takes its place, without its stores.
     *
     * @param times how often the stream threads ask for the time until one dies of it; at least 1
     */
    void killThread(int times) {
        timesToDeath.set(times);
    }

    /** How many stream threads have died so far. */
    int deaths() {
        return dead.size();
    }

    /**
     * Stops while commands arrive and changes fall due, and starts anew.
     *
     * @param keepsStores whether the stores are still there; otherwise they are restored from their changelogs
     */
    void restart(boolean keepsStores) {
        service.close();
        if (!keepsStores) {
            disks++;
        }
        service = start();
    }

    private ProcessorService start() {
        Settings own = settings.with(Map.of(
                ProcessorSettings.STATE_DIRECTORY.name(),
                directory.resolve("disk-" + disks).toString()));
        // It stops within a time, and stores are locked until the last thread has ended.
        return await().atMost(Deployment.PATIENCE)
                .ignoreExceptions()
                .until(() -> ProcessorService.start(own, this::now), started -> true);
    }

    private Instant now() {
        if (isMortal(Thread.currentThread()) && timesToDeath.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
            dead.add(Thread.currentThread());
            throw new KafkaException("Killed in the middle of its work");
        }
        return clock.instant();
    }

    /** Who is told of a death, on the thread that dies of it, asks for the time, too. */
    private boolean isMortal(Thread thread) {
        return thread.getName().matches(".*-StreamThread-\\d+") && !dead.contains(thread);
    }

    @Override
    public void close() {
        service.close();
    }
}
