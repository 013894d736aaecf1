package dev.standing.processor.store;

import dev.standing.avro.internal.WaitingCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Commands that could register their customers, and wait until it is decided whose an externalId is: for each customer
 * a line, in the order in which they were received. Keys are the customerId after its length, and the offset.
 */
public final class WaitingCommands {

    private static final String NAME = "waiting";

    /** A command, twice: as it was understood, and as it was received. */
    private static final Map<String, String> CHANGELOG = Map.of("max.message.bytes", Integer.toString(5 * 512 * 1024));

    private final KeyValueStore<Bytes, WaitingCommand> store;

    /** A view of a task's store. */
    public WaitingCommands(KeyValueStore<Bytes, WaitingCommand> store) {
        this.store = store;
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<KeyValueStore<Bytes, WaitingCommand>> builder(Serde<WaitingCommand> serde) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** Lets a command wait behind all others of its customer. */
    public void add(WaitingCommand waiting) {
        store.put(key(waiting), waiting);
    }

    /** The one of a customer that has waited longest; empty if none waits. */
    public Optional<WaitingCommand> first(String customerId) {
        return first(customerId, 0);
    }

    /** The one behind a command that was just taken out: what is left of others is not walked over. */
    public Optional<WaitingCommand> behind(WaitingCommand removed) {
        return first(removed.getCommand().getCustomerId(), removed.getReceived().getOffset() + 1);
    }

    private Optional<WaitingCommand> first(String customerId, long from) {
        try (KeyValueIterator<Bytes, WaitingCommand> line =
                store.range(key(customerId, from), key(customerId, Long.MAX_VALUE))) {
            return line.hasNext() ? Optional.of(line.next().value) : Optional.empty();
        }
    }

    /** Takes a command out. */
    public void remove(WaitingCommand waiting) {
        store.delete(key(waiting));
    }

    private static Bytes key(WaitingCommand waiting) {
        return key(waiting.getCommand().getCustomerId(), waiting.getReceived().getOffset());
    }

    private static Bytes key(String customerId, long offset) {
        byte[] utf8 = customerId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + utf8.length + Long.BYTES)
                .putInt(utf8.length)
                .put(utf8)
                .putLong(offset)
                .array());
    }
}
