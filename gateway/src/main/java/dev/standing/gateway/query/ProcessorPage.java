package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one processor says of the changes that are planned in its partitions.
 *
 * @param partitions how many there are in all
 * @param covered those that it speaks of
 * @param rows the soonest first
 * @param through it has named everything up to here, and knows of more behind it; empty: of no more
 * @param self its own address
 * @param processors the addresses of all, as far as it knows
 */
record ProcessorPage(
        int partitions,
        Set<Integer> covered,
        List<Row> rows,
        Optional<Position> through,
        Optional<URI> self,
        List<URI> processors) {

    /**
     * A planned change.
     *
     * @param change as REST shows it
     */
    record Row(int partition, Position position, JsonNode change) {}

    /** What a processor answered; empty if it cannot be understood. */
    static Optional<ProcessorPage> read(JsonNode json) {
        try {
            return Optional.of(new ProcessorPage(
                    json.required("partitions").intValue(),
                    covered(json.required("covered")),
                    rows(json.required("changes")),
                    position(json.required("through")),
                    uri(json.required("processor")),
                    processors(json.required("processors"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Set<Integer> covered(JsonNode json) {
        Set<Integer> covered = new TreeSet<>();
        json.forEach(partition -> covered.add(partition.intValue()));
        return covered;
    }

    private static List<Row> rows(JsonNode json) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : json) {
            if (!(row instanceof ObjectNode given)) {
                throw new IllegalArgumentException("A change is no object");
            }
            ObjectNode change = given.deepCopy();
            Position position = position(change.required("position"))
                    .orElseThrow(() -> new IllegalArgumentException("A change has no position"));
            int partition = change.required("partition").intValue();
            change.remove(List.of("position", "partition"));
            rows.add(new Row(partition, position, change));
        }
        return rows;
    }

    private static Optional<Position> position(JsonNode json) {
        return Optional.of(json).filter(JsonNode::isTextual).map(text -> Position.parse(text.textValue()));
    }

    private static List<URI> processors(JsonNode json) {
        List<URI> processors = new ArrayList<>();
        json.forEach(processor -> uri(processor).ifPresent(processors::add));
        return processors;
    }

    private static Optional<URI> uri(JsonNode json) {
        return Optional.of(json)
                .filter(JsonNode::isTextual)
                .map(text -> URI.create(text.textValue()))
                .filter(ProcessorAddress::isHttp);
    }

    /**
     * Where a change stands among all.
     *
     * @param text what processors and clients are told
     */
    record Position(String text) implements Comparable<Position> {

        static Position parse(String text) {
            Position position = new Position(text);
            // Refused here rather than where it is compared.
            position.bytes();
            return position;
        }

        private byte[] bytes() {
            return Base64.getUrlDecoder().decode(text);
        }

        @Override
        public int compareTo(Position other) {
            return Arrays.compareUnsigned(bytes(), other.bytes());
        }
    }
}
