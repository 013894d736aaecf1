package dev.standing.processor.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.processor.history.AgendaPosition;
import dev.standing.processor.history.QueryAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What one processor has to say of what is planned: of its own partitions alone, which it names. Whoever asks puts the
 * pages of all processors together.
 *
 * @param covered the partitions that it speaks of
 * @param rows the soonest first
 * @param through everything up to here is in the rows, and there is more behind it; empty: there is no more
 */
record AgendaPage(Set<Integer> covered, List<Row> rows, Optional<AgendaPosition> through) {

    /** A planned change, and the partition that it was found in. */
    record Row(int partition, AgendaPosition position, AgendaEntry entry) {}

    /**
     * Puts together what was found.
     *
     * @param found by partition, one more than the limit where there are more
     */
    static AgendaPage of(SortedMap<Integer, List<AgendaEntry>> found, int limit) {
        List<Row> all = found.entrySet().stream()
                .flatMap(partition -> partition.getValue().stream()
                        .map(entry -> new Row(partition.getKey(), AgendaPosition.of(entry), entry)))
                .sorted(Comparator.comparing(Row::position))
                .toList();
        if (all.size() <= limit) {
            return new AgendaPage(found.keySet(), all, Optional.empty());
        }
        return new AgendaPage(
                found.keySet(),
                all.subList(0, limit),
                Optional.of(all.get(limit - 1).position()));
    }

    /**
     * As it is answered.
     *
     * @param partitions how many there are in all
     * @param self who answers
     * @param members who is to be asked for the other partitions; may have this one among them
     */
    ObjectNode json(int partitions, Optional<QueryAddress> self, Collection<QueryAddress> members) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("partitions", partitions);
        ArrayNode names = page.putArray("covered");
        covered.forEach(names::add);
        ArrayNode changes = page.putArray("changes");
        rows.forEach(row -> changes.add(json(row)));
        page.put("through", through.map(AgendaPosition::text).orElse(null));
        page.put("processor", self.map(QueryAddress::url).orElse(null));
        ArrayNode urls = page.putArray("processors");
        members.forEach(member -> urls.add(member.url()));
        return page;
    }

    private static ObjectNode json(Row row) {
        AgendaEntry entry = row.entry();
        return JsonNodeFactory.instance
                .objectNode()
                .put("partition", row.partition())
                .put("position", row.position().text())
                .put("customerId", entry.getCustomerId())
                .put("changeId", entry.getChangeId())
                .put("status", entry.getStatus().name())
                .put("state", entry.getState().name())
                .put("stateReason", entry.getStateReason())
                .put("stateValidFrom", entry.getValidFrom().toString());
    }
}
