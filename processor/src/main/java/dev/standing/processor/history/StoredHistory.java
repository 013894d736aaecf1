package dev.standing.processor.history;

import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.store.RecordedEvent;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the stores of a running Kafka Streams client. */
final class StoredHistory implements RecordedHistory {

    private final KafkaStreams streams;
    private final int partition;

    StoredHistory(KafkaStreams streams, int partition) {
        this.streams = streams;
        this.partition = partition;
    }

    @Override
    public Optional<Customer> latest(String customerId) {
        QueryableStoreType<ReadOnlyKeyValueStore<String, Customer>> type = QueryableStoreTypes.keyValueStore();
        return Optional.ofNullable(store(HistoryStores.LATEST, type).get(customerId));
    }

    @Override
    public <T> T events(String customerId, long after, Function<Iterator<RecordedEvent>, T> reading) {
        QueryableStoreType<ReadOnlyKeyValueStore<Bytes, RecordedEvent>> type = QueryableStoreTypes.keyValueStore();
        if (after == Long.MAX_VALUE) {
            return reading.apply(Collections.emptyIterator());
        }
        try (KeyValueIterator<Bytes, RecordedEvent> range = store(HistoryStores.HISTORY, type)
                .range(EventKey.of(customerId, after + 1), EventKey.of(customerId, Long.MAX_VALUE))) {
            return reading.apply(new Values(range));
        }
    }

    @Override
    public Optional<ExternalIdClaim> owner(String externalId) {
        QueryableStoreType<ReadOnlyKeyValueStore<String, ExternalIdClaim>> type = QueryableStoreTypes.keyValueStore();
        return Optional.ofNullable(store(HistoryStores.EXTERNAL_ID_OWNERS, type).get(externalId));
    }

    private <T> T store(String name, QueryableStoreType<T> type) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
    }

    private record Values(KeyValueIterator<Bytes, RecordedEvent> range) implements Iterator<RecordedEvent> {

        @Override
        public boolean hasNext() {
            return range.hasNext();
        }

        @Override
        public RecordedEvent next() {
            return range.next().value;
        }
    }
}
