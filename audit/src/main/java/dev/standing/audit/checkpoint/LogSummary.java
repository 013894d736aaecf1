package dev.standing.audit.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a log is, up to an offset in each partition.
 *
 * @param topic its whole name
 * @param partitions in their order
 */
public record LogSummary(String topic, List<PartitionSummary> partitions) {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps a copy; refuses partitions that are not in their order, from 0. */
    public LogSummary {
        partitions = List.copyOf(partitions);
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).partition() != i) {
                throw new IllegalArgumentException("partition " + i + " is not in its place");
            }
        }
    }

    /** How many records there are in all. */
    public long events() {
        return partitions.stream().mapToLong(PartitionSummary::events).sum();
    }

    /** How many customers there are in all. */
    public long customers() {
        return partitions.stream().mapToLong(PartitionSummary::customers).sum();
    }

    /** The latest time at which any event was recorded; empty: there is none. */
    public Optional<Instant> latestRecordedAt() {
        return partitions.stream()
                .flatMap(partition -> partition.latestRecordedAt().stream())
                .max(Instant::compareTo);
    }

    /** The root of the tree over all partitions, whose leaves are told in {@link PartitionSummary}, in hexadecimal digits. */
    public String root() {
        MerkleTree tree = new MerkleTree();
        partitions.forEach(partition -> tree.add(partition.leaf()));
        return tree.root();
    }

    /** The summary in JSON, with its members always in the same order. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.put("topic", topic);
        json.put("events", events());
        json.put("customers", customers());
        json.put("latestRecordedAt", latestRecordedAt().map(Instant::toString).orElse(null));
        json.put("root", root());
        ArrayNode all = json.putArray("partitions");
        partitions.forEach(partition -> all.add(partition.toJson()));
        return json;
    }

    /** The bytes that are signed: the JSON without any white space, in UTF-8. */
    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(toJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    /**
     * The summary of its JSON.
     *
     * @throws IllegalArgumentException if a member is missing, is too much, or contradicts another
     */
    static LogSummary of(JsonNode json) {
        List<PartitionSummary> partitions = new ArrayList<>();
        json.path("partitions").forEach(partition -> partitions.add(PartitionSummary.of(partition)));
        LogSummary summary = new LogSummary(CheckpointJson.text(json, "topic"), partitions);
        // Numbers of one value may be of several types in a tree; as text they are of one.
        if (!summary.toJson().toString().equals(json.toString())) {
            throw new IllegalArgumentException("its members are not those of a summary, or contradict each other");
        }
        return summary;
    }
}
