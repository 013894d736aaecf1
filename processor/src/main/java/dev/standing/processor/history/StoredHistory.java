package dev.standing.processor.history;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.processor.store.RequestWindows;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** Reads the stores of a running Kafka Streams client. */
final class StoredHistory implements RecordedHistory {

    private final KafkaStreams streams;
    private final int partition;
    private final AgendaFloors floors;
    private final RequestWindows windows;

    StoredHistory(KafkaStreams streams, int partition, AgendaFloors floors, RequestWindows windows) {
        this.streams = streams;
        this.partition = partition;
        this.floors = floors;
        this.windows = windows;
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
    public List<AgendaEntry> planned(AgendaExcerpt excerpt) {
        // Floors of a store that is opened meanwhile are not asked for what is in this one.
        Map<PlannedChangeStatus, Floor> known = floors.of(partition);
        QueryableStoreType<ReadOnlyKeyValueStore<Bytes, byte[]>> type = QueryableStoreTypes.keyValueStore();
        ReadOnlyKeyValueStore<Bytes, byte[]> store = store(HistoryStores.PLANNED, type);
        if (!AgendaRows.isComplete(store)) {
            throw new UnavailableException("What customers plan is not listed completely yet");
        }
        return AgendaRows.read(store, known, excerpt);
    }

    @Override
    public List<PlacedSubordinate> subordinates(String customerId, Optional<SubordinatePosition> after, int limit) {
        QueryableStoreType<ReadOnlyKeyValueStore<Bytes, byte[]>> type = QueryableStoreTypes.keyValueStore();
        QueryableStoreType<ReadOnlyKeyValueStore<Bytes, RecordedEvent>> events = QueryableStoreTypes.keyValueStore();
        return new CurrentSubordinates(store(HistoryStores.SUBORDINATES, type), store(HistoryStores.HISTORY, events))
                .read(customerId, after, limit);
    }

    @Override
    public Optional<ExternalIdClaim> owner(String externalId) {
        QueryableStoreType<ReadOnlyKeyValueStore<String, ExternalIdClaim>> type = QueryableStoreTypes.keyValueStore();
        return Optional.ofNullable(store(HistoryStores.EXTERNAL_ID_OWNERS, type).get(externalId));
    }

    @Override
    public Optional<CommandResult> result(ByRequestId request, Instant now) {
        QueryableStoreType<ReadOnlyWindowStore<Bytes, CommandResult>> type = QueryableStoreTypes.windowStore();
        return new RememberedResults(store(HistoryStores.RESULTS, type), windows).find(request, now);
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
