package dev.standing.bench.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * What is in use of this JVM's heap: after a full collection, what is needed; after any other one, no less than that.
 * Safe for use by many threads.
 */
public final class Heap implements AutoCloseable {

    private static final Set<String> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(pool -> pool.getName())
            .collect(Collectors.toUnmodifiableSet());

    private final List<NotificationEmitter> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(NotificationEmitter.class::isInstance)
            .map(NotificationEmitter.class::cast)
            .toList();
    private final NotificationListener listener = (notification, handback) -> collected(notification);
    private final AtomicLong mostBytes = new AtomicLong();
    private final AtomicLong collections = new AtomicLong();

    private Heap() {
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    /** Collects all garbage; what is left then, in bytes. Stops everything for a moment. */
    public static long needed() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Watches the collections from now on. */
    public static Heap watch() {
        return new Heap();
    }

    /** How many collections there were. */
    public long collections() {
        return collections.get();
    }

    /** What was in use after one of them at most, in bytes; 0 if there was none. */
    public long mostAfterCollection() {
        return mostBytes.get();
    }

    private void collected(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        Map<String, MemoryUsage> after = GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData())
                .getGcInfo()
                .getMemoryUsageAfterGc();
        long used = after.entrySet().stream()
                .filter(pool -> POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        collections.incrementAndGet();
        mostBytes.accumulateAndGet(used, Math::max);
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("It was added before", e);
            }
        }
    }
}
