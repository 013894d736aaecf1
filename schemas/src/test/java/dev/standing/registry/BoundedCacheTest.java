package dev.standing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    @Test
    void neverHoldsMoreThanItsCapacity() {
        BoundedCache<Integer, String> cache = new BoundedCache<>(3);

        for (int i = 0; i < 100; i++) {
            cache.put(i, "v");
        }

        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.get(99)).contains("v");
        assertThat(cache.get(96)).isEmpty();
    }

    @Test
    void holdsAtLeastOne() {
        assertThatThrownBy(() -> new BoundedCache<>(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
