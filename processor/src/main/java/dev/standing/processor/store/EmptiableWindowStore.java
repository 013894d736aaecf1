package dev.standing.processor.store;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.apache.kafka.streams.state.internals.OffsetCheckpoint;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A window store in segments that is sound while it is empty.
 *
 * <p>Kafka Streams 4.3.1 keeps the offset of a store's changelog inside the store, and a store in segments keeps it in
 * each of them: one that has none has no place for it. Under exactly-once a store that does not know its offset may hold
 * what was never committed, so that the task is taken for corrupted: at each start, and whenever it moves to another
 * thread or becomes active. Each time its stores are wiped, and the group is made to assign its tasks anew, which may move
 * the task again, and so on (decision 7).
 *
 * <p>But what is empty holds nothing that was not committed. So it says what Kafka Streams' stores of keys and values say
 * before their first record: that it starts at the beginning of its changelog.
 */
final class EmptiableWindowStore extends WrappedStateStore<WindowStore<Bytes, byte[]>, Bytes, byte[]>
        implements WindowStore<Bytes, byte[]> {

    EmptiableWindowStore(WindowStore<Bytes, byte[]> segmented) {
        super(segmented);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        Long offset = wrapped().committedOffset(changelog);
        return offset == null && isEmpty() ? Long.valueOf(OffsetCheckpoint.OFFSET_UNKNOWN) : offset;
    }

    /** A segment that knows no offset may have been written by a transaction that was aborted. */
    private boolean isEmpty() {
        try (KeyValueIterator<Windowed<Bytes>, byte[]> rows = wrapped().all()) {
            return !rows.hasNext();
        }
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value, long windowStart) {
        wrapped().put(key, value, windowStart);
    }

    @Override
    public byte @Nullable [] fetch(Bytes key, long windowStart) {
        return wrapped().fetch(key, windowStart);
    }

    @Override
    public WindowStoreIterator<byte[]> fetch(Bytes key, long from, long to) {
        return wrapped().fetch(key, from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetch(Bytes firstKey, Bytes lastKey, long from, long to) {
        return wrapped().fetch(firstKey, lastKey, from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> fetchAll(long from, long to) {
        return wrapped().fetchAll(from, to);
    }

    @Override
    public KeyValueIterator<Windowed<Bytes>, byte[]> all() {
        return wrapped().all();
    }
}
