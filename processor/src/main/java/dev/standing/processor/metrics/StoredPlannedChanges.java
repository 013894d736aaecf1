package dev.standing.processor.metrics;

import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.DueIndex.KeyRange;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks the stores of a running Kafka Streams client, which show what is not committed yet, too. */
public final class StoredPlannedChanges implements PlannedChanges {

    private final KafkaStreams streams;

    /** Of the client's active tasks. */
    public StoredPlannedChanges(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public OptionalLong estimated() {
        return ifOpen(() -> store().approximateNumEntries());
    }

    @Override
    public OptionalLong due(Instant earliest, Instant latest, long most) {
        return ifOpen(() -> count(DueIndex.keysOf(earliest, latest), most));
    }

    private long count(KeyRange range, long most) {
        long count = 0;
        try (KeyValueIterator<Bytes, byte[]> rows = store().range(range.first(), range.last())) {
            while (count < most && rows.hasNext()) {
                rows.next();
                count++;
            }
        }
        return count;
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store() {
        return streams.store(
                StoreQueryParameters.fromNameAndType(DueIndex.name(), QueryableStoreTypes.keyValueStore()));
    }

    /** Stores come and go with partitions, at any moment of a count. */
    private static OptionalLong ifOpen(Supplier<Long> count) {
        try {
            return OptionalLong.of(count.get());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return OptionalLong.empty();
        }
    }
}
