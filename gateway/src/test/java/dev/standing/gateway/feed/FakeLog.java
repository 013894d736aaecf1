package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** A log in memory, whose partitions are read in any order, and in pieces of any size. For use by one thread. */
final class FakeLog implements EventLog {

    private static final String TOPIC = "events";
    private static final int LARGEST_PIECE = 4;

    @SuppressWarnings("StaticAssignmentOfThrowable") // Only a client can make one, and takes its time.
    private static final RegistryUnavailableException REGISTRY_AWAY = registryAway();

    private final List<List<Optional<String>>> partitions;
    private final long[] first;
    private final Random random;
    private boolean away;
    private int failingRenderings;

    FakeLog(int partitions, Random random) {
        this.partitions = IntStream.range(0, partitions)
                .<List<Optional<String>>>mapToObj(partition -> new ArrayList<>())
                .toList();
        this.first = new long[partitions];
        this.random = random;
    }

    /** Renders a record as its place, as {@link #renderPlace}, or fails as long as the registry is away. */
    FeedEvent render(ConsumerRecord<byte[], byte[]> record) {
        if (failingRenderings > 0) {
            failingRenderings--;
            throw REGISTRY_AWAY;
        }
        return renderPlace(record);
    }

    /** The registry is away for so many renderings. */
    void failRenderings(int count) {
        failingRenderings = count;
    }

    /** Renders a record as its place, which is all that it has. */
    static FeedEvent renderPlace(ConsumerRecord<byte[], byte[]> record) {
        String data = data(record.partition(), record.offset());
        return new FeedEvent(record.partition(), record.offset(), record.key(), "event: E\ndata: " + data + "\n\n");
    }

    private static RegistryUnavailableException registryAway() {
        Map<String, Object> nowhere =
                Map.of("schema.registry.url", "http://localhost:1", "schema.registry.retries", "0");
        try (SchemaRegistryClient client = new SchemaRegistryClient(nowhere)) {
            return catchThrowableOfType(RegistryUnavailableException.class, () -> client.schema(new SchemaKey.Id(1)));
        }
    }

    private static String data(int partition, long offset) {
        return partition + "@" + offset;
    }

    void append(String customerId) {
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        partitions.get(Utils.toPositive(Utils.murmur2(key)) % partitions.size()).add(Optional.of(customerId));
    }

    /** Something that is no event takes an offset. */
    void appendMarker(int partition) {
        partitions.get(partition).add(Optional.empty());
    }

    /** What comes before a place is not kept any more. */
    void forget(FeedPosition position) {
        for (int partition = 0; partition < first.length; partition++) {
            first[partition] = position.next(partition);
        }
    }

    /** Whether nothing is to be had now. */
    void setAway(boolean isAway) {
        away = isAway;
    }

    /** What somebody is to get from a partition who begins at a place. */
    List<String> expected(FeedPosition from, int partition, Optional<String> customerId) {
        List<Optional<String>> records = partitions.get(partition);
        return IntStream.range((int) from.next(partition), records.size())
                .filter(offset -> records.get(offset).isPresent())
                .filter(offset -> customerId.isEmpty() || records.get(offset).equals(customerId))
                .mapToObj(offset -> data(partition, offset))
                .toList();
    }

    FeedPosition end() {
        return FeedPosition.of(partitions.stream().mapToLong(List::size).toArray());
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    @Override
    public CompletableFuture<Extent> extent() {
        return away
                ? CompletableFuture.failedFuture(new KafkaException("away"))
                : CompletableFuture.completedFuture(new Extent(FeedPosition.of(first), end()));
    }

    @Override
    public Reader reader() {
        return new FakeReader();
    }

    @Override
    public void close() {}

    private final class FakeReader implements Reader {

        private final Map<Integer, Long> next = new HashMap<>();

        @Override
        public void seek(FeedPosition position, List<Integer> wanted) {
            next.clear();
            wanted.forEach(partition -> next.put(partition, position.next(partition)));
        }

        @Override
        public Batch read(Duration atMost) {
            if (away) {
                throw new KafkaException("away");
            }
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            List<Integer> order = new ArrayList<>(next.keySet());
            Collections.shuffle(order, random);
            order.forEach(partition -> read(partition, records));
            return new Batch(records, Map.copyOf(next));
        }

        private void read(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
            long offset = next.get(partition);
            if (offset < first[partition]) {
                throw new OffsetOutOfRangeException(Map.of(new TopicPartition(TOPIC, partition), offset));
            }
            long until = Math.min(partitions.get(partition).size(), offset + random.nextInt(LARGEST_PIECE));
            for (; offset < until; offset++) {
                long at = offset;
                partitions.get(partition).get((int) offset).ifPresent(customerId -> {
                    byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
                    records.add(new ConsumerRecord<>(TOPIC, partition, at, key, new byte[0]));
                });
            }
            next.put(partition, until);
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
