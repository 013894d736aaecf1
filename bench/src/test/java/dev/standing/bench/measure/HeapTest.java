package dev.standing.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.bench.platform.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapTest {

    @Test
    void aCollectionIsSeenWithWhatItLeft() {
        try (Heap heap = Heap.watch()) {
            long needed = Heap.needed();

            Waiting.until("a collection is seen", Duration.ofSeconds(30), () -> heap.collections() > 0);
            assertThat(heap.mostAfterCollection()).isPositive();
            assertThat(needed).isPositive();
        }
    }
}
