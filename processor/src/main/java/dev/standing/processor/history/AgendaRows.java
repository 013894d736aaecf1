package dev.standing.processor.history;

import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.processor.history.Floor.Mark;
import dev.standing.serde.StoreCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The rows of one partition's agenda. Those of a status lie together, in the order of their {@link AgendaPosition}, so
 * that the few of one are found without walking over the many of the other.
 */
final class AgendaRows {

    /** What a planned change can wait for. */
    static final Set<PlannedChangeStatus> STATUSES = Set.of(PlannedChangeStatus.SCHEDULED, PlannedChangeStatus.PENDING);

    /** The row that says that the agenda has everything in it; sorts behind all others. */
    static final Bytes COMPLETE = Bytes.wrap(new byte[] {(byte) 0xFF});

    private static final StoreCodec<AgendaEntry> CODEC = new StoreCodec<>(AgendaEntry.class);

    private AgendaRows() {}

    static Bytes key(PlannedChangeStatus status, AgendaPosition position) {
        byte[] bytes = position.bytes().get();
        return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length)
                .put(letter(status))
                .put(bytes)
                .array());
    }

    /** In front of all rows of a status. */
    static Bytes lowest(PlannedChangeStatus status) {
        return Bytes.wrap(new byte[] {letter(status)});
    }

    static byte[] value(AgendaEntry entry) {
        return CODEC.encode(entry);
    }

    static boolean isComplete(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return store.get(COMPLETE) != null;
    }

    /** The entries that are asked for, the soonest first. */
    static List<AgendaEntry> read(
            ReadOnlyKeyValueStore<Bytes, byte[]> store, Map<PlannedChangeStatus, Floor> floors, AgendaExcerpt excerpt) {
        List<AgendaEntry> found = new ArrayList<>();
        for (PlannedChangeStatus status : excerpt.statuses()) {
            found.addAll(read(store, status, floors.get(status), excerpt));
        }
        return found.stream()
                .sorted(Comparator.comparing(AgendaPosition::of))
                .limit(excerpt.limit())
                .toList();
    }

    private static List<AgendaEntry> read(
            ReadOnlyKeyValueStore<Bytes, byte[]> store,
            PlannedChangeStatus status,
            Floor floor,
            AgendaExcerpt excerpt) {
        Mark mark = floor.mark();
        Bytes from = excerpt.after()
                .map(position -> key(status, position.next()))
                .filter(behind -> behind.compareTo(mark.key()) > 0)
                .orElse(mark.key());
        // No row has the key of the end itself: it has no ids.
        Bytes end = excerpt.dueBefore()
                .map(time -> key(status, AgendaPosition.before(time)))
                .orElse(Bytes.wrap(new byte[] {(byte) (letter(status) + 1)}));
        List<AgendaEntry> found = new ArrayList<>();
        if (from.compareTo(end) >= 0) {
            return found;
        }
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, end)) {
            if (from.equals(mark.key())) {
                floor.raise(mark, range.hasNext() ? range.peekNextKey() : end);
            }
            while (found.size() < excerpt.limit() && range.hasNext()) {
                found.add(CODEC.decode(range.next().value));
            }
        }
        return found;
    }

    private static byte letter(PlannedChangeStatus status) {
        return switch (status) {
            case SCHEDULED -> 'S';
            case PENDING -> 'P';
            case UNKNOWN -> throw new IllegalArgumentException("No planned change has a status that is unknown");
        };
    }
}
