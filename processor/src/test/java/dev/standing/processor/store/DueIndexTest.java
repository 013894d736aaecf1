package dev.standing.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.processor.store.DueIndex.Row;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The index on a store of its own: what memory and floor leave out must not be missed. */
class DueIndexTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int FETCH = 3;

    private static final Comparator<Row> IN_ORDER =
            Comparator.comparing(Row::at).thenComparing(Row::customerId).thenComparing(Row::changeId);

    @TempDir
    Path directory;

    private KeyValueStore<Bytes, byte[]> store;
    private int scans;
    private Bytes lastScanFrom;

    @BeforeEach
    void open() {
        KeyValueStore<Bytes, byte[]> rocks =
                DueIndex.builder().withLoggingDisabled().build();
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        rocks.init(context.getStateStoreContext(), rocks);
        store = watched(rocks);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Few ids and times, so that rows meet: added twice, removed and added again, taken between others of their time. */
    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 1", "4, 7", "5, 1000", "6, 2"})
    void itHoldsWhatWasAddedAndNotRemovedThroughAnyNumberOfRestarts(long seed, int fetch) {
        Random random = new Random(seed);
        TreeSet<Row> expected = new TreeSet<>(IN_ORDER);
        DueIndex index = new DueIndex(store, fetch);
        Instant now = NOON;
        for (int step = 0; step < 5_000; step++) {
            Row row = new Row(
                    now.plusSeconds(random.nextInt(60) - 5), "c-" + random.nextInt(5), "x-" + random.nextInt(3));
            switch (random.nextInt(20)) {
                case 0 -> index = new DueIndex(store, fetch);
                case 1 -> now = now.plusSeconds(random.nextInt(30) - 3);
                case 2, 3 -> {
                    int most = random.nextInt(10);
                    assertThat(index.take(now, most)).isEqualTo(taken(expected, now, most));
                }
                case 4, 5, 6, 7, 8, 9 -> {
                    index.remove(row);
                    expected.remove(row);
                }
                default -> {
                    index.add(row);
                    expected.add(row);
                }
            }
            assertThat(index.next()).isEqualTo(expected.stream().findFirst().map(Row::at));
        }
        assertThat(index.take(Instant.MAX.minusSeconds(1), Integer.MAX_VALUE)).isEqualTo(List.copyOf(expected));
        assertThat(index.next()).isEmpty();
    }

    private static List<Row> taken(NavigableSet<Row> expected, Instant now, int most) {
        List<Row> taken = new ArrayList<>();
        while (taken.size() < most
                && !expected.isEmpty()
                && !expected.first().at().isAfter(now)) {
            taken.add(expected.pollFirst());
        }
        return taken;
    }

    @Test
    void toAskWhatIsNextAndToTakeNothingDoesNotTouchTheStore() {
        DueIndex index = new DueIndex(store, FETCH);
        for (int i = 0; i < 20; i++) {
            index.add(row(i));
        }
        for (int i = 0; i < 10; i++) {
            index.remove(row(i));
        }
        scans = 0;

        assertThat(index.next()).contains(row(10).at());
        assertThat(index.take(row(9).at(), 100)).isEmpty();

        assertThat(scans).isZero();
    }

    @Test
    void whatWasRemovedIsScannedOnceAtMost() {
        DueIndex index = new DueIndex(store, FETCH);
        for (int i = 0; i < 1_000; i++) {
            index.add(row(i));
        }
        for (int i = 0; i < 900; i++) {
            index.remove(row(i));
        }
        assertThat(index.next()).contains(row(900).at());
        scans = 0;

        for (int i = 0; i < 100; i++) {
            index.add(row(i));
            assertThat(index.take(row(i).at(), 10)).containsExactly(row(i));
        }

        assertThat(scans).isZero();
    }

    @Test
    void aRestartDoesNotScanWhatWasTakenBefore() {
        DueIndex index = new DueIndex(store, FETCH);
        for (int i = 0; i < 100; i++) {
            index.add(row(i));
        }
        index.take(row(89).at(), 100);

        DueIndex restarted = new DueIndex(store, FETCH);

        assertThat(restarted.next()).contains(row(90).at());
        assertThat(lastScanFrom).isGreaterThanOrEqualTo(Bytes.wrap(timeOf(row(85))));
    }

    @Test
    void aRowBeforeTheFloorLowersIt() {
        DueIndex index = new DueIndex(store, FETCH);
        for (int i = 0; i < 10; i++) {
            index.add(row(i));
        }
        index.take(row(9).at(), 100);
        index.add(row(2));

        assertThat(new DueIndex(store, FETCH).next()).contains(row(2).at());
    }

    private static Row row(int number) {
        return new Row(NOON.plusMillis(number), "c-" + number, "c-" + number + ":2");
    }

    private static byte[] timeOf(Row row) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(row.at().toEpochMilli() ^ Long.MIN_VALUE)
                .array();
    }

    /** The store, which tells what is scanned. */
    @SuppressWarnings("unchecked")
    private KeyValueStore<Bytes, byte[]> watched(KeyValueStore<Bytes, byte[]> rocks) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("range")) {
                        scans++;
                        lastScanFrom = (Bytes) arguments[0];
                    }
                    return method.invoke(rocks, arguments);
                });
    }
}
