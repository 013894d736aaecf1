package dev.standing.processor.intake;

import dev.standing.avro.store.ParkedCommand;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The commands of a partition that wait, in the order in which they were received: the first, because the schema that
 * it was written with cannot be had now, and all behind it. They are kept in a store of the task, so that they survive
 * whatever happens to the process while the registry is away.
 */
public final class ParkedCommands {

    private static final String NAME = "parked";

    /** A record near the largest that brokers take must fit into the changelog, too. */
    private static final Map<String, String> CHANGELOG = Map.of("max.message.bytes", Integer.toString(2 * 1024 * 1024));

    private final KeyValueStore<Long, ParkedCommand> store;

    /** Where the first one can be: a scan from the beginning would walk over all that were ever taken out. */
    private long first;

    private boolean empty;

    /** A view of a task's store. */
    public ParkedCommands(KeyValueStore<Long, ParkedCommand> store) {
        this.store = store;
        this.empty = false;
        this.empty = first().isEmpty();
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<KeyValueStore<Long, ParkedCommand>> builder(Serde<ParkedCommand> serde) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Long(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** Whether none waits. */
    public boolean isEmpty() {
        return empty;
    }

    /** Lets a command wait behind all others. */
    public void add(ReceivedCommand command) {
        store.put(command.offset(), command.toAvro());
        if (empty) {
            first = command.offset();
            empty = false;
        }
    }

    /** The one that has waited longest; empty if none waits. */
    public Optional<ReceivedCommand> first() {
        if (empty) {
            return Optional.empty();
        }
        try (KeyValueIterator<Long, ParkedCommand> waiting = store.range(first, Long.MAX_VALUE)) {
            if (!waiting.hasNext()) {
                empty = true;
                return Optional.empty();
            }
            KeyValue<Long, ParkedCommand> next = waiting.next();
            first = next.key;
            return Optional.of(ReceivedCommand.of(next.value));
        }
    }

    /** Takes the one out that has waited longest. */
    public void removeFirst() {
        store.delete(first);
        first++;
    }
}
