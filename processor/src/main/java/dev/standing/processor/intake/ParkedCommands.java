package dev.standing.processor.intake;

import dev.standing.avro.store.ParkedCommand;
import dev.standing.avro.store.ParkedHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

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
        store.put(command.offset(), parked(command));
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
            return Optional.of(received(next.value));
        }
    }

    /** Takes the one out that has waited longest. */
    public void removeFirst() {
        store.delete(first);
        first++;
    }

    private static ParkedCommand parked(ReceivedCommand command) {
        List<ParkedHeader> headers = new ArrayList<>();
        for (Header header : command.headers()) {
            headers.add(new ParkedHeader(header.key(), buffer(header.value())));
        }
        return new ParkedCommand(
                buffer(command.key()), buffer(command.value()), headers, command.timestamp(), command.offset());
    }

    private static ReceivedCommand received(ParkedCommand parked) {
        Headers headers = new RecordHeaders();
        for (ParkedHeader header : parked.getHeaders()) {
            headers.add(header.getName(), bytes(header.getContent()));
        }
        return new ReceivedCommand(
                bytes(parked.getKey()), bytes(parked.getContent()), headers, parked.getTimestamp(), parked.getOffset());
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static byte @Nullable [] bytes(Optional<ByteBuffer> buffer) {
        return buffer.map(present -> {
                    byte[] bytes = new byte[present.remaining()];
                    present.duplicate().get(bytes);
                    return bytes;
                })
                .orElse(null);
    }
}
