package dev.standing.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionSizesTest {

    private final TransactionSizes sizes = new TransactionSizes();

    @Test
    void withoutRecordsThereIsNoTransaction() {
        assertThat(sizes.transactions()).isZero();
        assertThat(sizes.largest()).isZero();
    }

    @Test
    void aMarkerBetweenTwoRecordsEndsATransaction() {
        add(0, 5, 6, 8, 9, 10, 12);

        assertThat(sizes.transactions()).isEqualTo(3);
        assertThat(sizes.largest()).isEqualTo(3);
    }

    @Test
    void partitionsDoNotGoOnWithEachOther() {
        sizes.add(0, 1);
        sizes.add(1, 2);
        sizes.add(0, 2);

        assertThat(sizes.transactions()).isEqualTo(2);
        assertThat(sizes.largest()).isEqualTo(2);
    }

    private void add(int partition, long... offsets) {
        for (long offset : offsets) {
            sizes.add(partition, offset);
        }
    }
}
