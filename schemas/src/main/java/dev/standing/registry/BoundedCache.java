package dev.standing.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map that holds a limited number of entries and forgets the one that was not used for longest. Safe for use by many threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class BoundedCache<K, V> {

    private final Map<K, V> entries;

    /**
     * Makes an empty cache.
     *
     * @param capacity how many entries it holds at most; at least 1
     * @throws IllegalArgumentException if capacity is less than 1
     */
    public BoundedCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("A cache must hold at least one entry, not " + capacity);
        }
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * Looks a key up.
     *
     * @param key not null
     * @return the value, or empty if the cache has none
     */
    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    /**
     * Remembers a value, in the place of one that the key had.
     *
     * @param key not null
     * @param value not null
     */
    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /**
     * Counts the entries.
     *
     * @return 0 to the capacity
     */
    public synchronized int size() {
        return entries.size();
    }
}
