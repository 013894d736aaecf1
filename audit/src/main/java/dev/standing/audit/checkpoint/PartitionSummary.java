package dev.standing.audit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What one partition of the log is, up to an offset.
 *
 * @param partition from 0
 * @param first its first offset
 * @param end the offset that it is summed up to, exclusive
 * @param events how many records there are
 * @param customers how many customers have events there
 * @param latestRecordedAt the latest time at which an event was recorded; empty: there is none
 * @param root of the {@link HeadsTree} of its customers
 */
public record PartitionSummary(
        int partition,
        long first,
        long end,
        long events,
        long customers,
        Optional<Instant> latestRecordedAt,
        String root) {

    private static final int ROOT_BYTES = 32;

    /** The summary in JSON, with its members in this order. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partition", partition);
        json.put("first", first);
        json.put("end", end);
        json.put("events", events);
        json.put("customers", customers);
        json.put("latestRecordedAt", latestRecordedAt.map(Instant::toString).orElse(null));
        json.put("root", root);
        return json;
    }

    static PartitionSummary of(JsonNode json) {
        String root = CheckpointJson.text(json, "root");
        if (root.length() != 2 * ROOT_BYTES) {
            throw new IllegalArgumentException("root has not 64 hexadecimal digits");
        }
        return new PartitionSummary(
                (int) CheckpointJson.number(json, "partition"),
                CheckpointJson.number(json, "first"),
                CheckpointJson.number(json, "end"),
                CheckpointJson.number(json, "events"),
                CheckpointJson.number(json, "customers"),
                CheckpointJson.time(json, "latestRecordedAt"),
                root);
    }

    /**
     * The leaf of the partition in the tree over all of them: the numbers in the order of the members, partition in 4
     * bytes and the others in 8, the time in milliseconds since 1970 (the least long if there is none), and the root.
     */
    byte[] leaf() {
        return ByteBuffer.allocate(Integer.BYTES + 5 * Long.BYTES + ROOT_BYTES)
                .putInt(partition)
                .putLong(first)
                .putLong(end)
                .putLong(events)
                .putLong(customers)
                .putLong(latestRecordedAt.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE))
                .put(HexFormat.of().parseHex(root))
                .array();
    }
}
