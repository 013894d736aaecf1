package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.gateway.query.ProcessorPage.Position;
import dev.standing.gateway.query.ProcessorPage.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages of processors, put together to one over all partitions. A partition of which several speak, as they may while
 * it moves, is taken from the first of them alone. For one thread at a time.
 */
final class ChangesPages {

    private final int limit;
    private final Set<Integer> taken = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();
    private OptionalInt partitions = OptionalInt.empty();

    /** Behind this, somebody has more than was said. */
    private Optional<Position> horizon = Optional.empty();

    /**
     * There are none yet.
     *
     * @param limit the most changes on the page that they make
     */
    ChangesPages(int limit) {
        this.limit = limit;
    }

    /** Takes what is new on a page. One that counts the partitions otherwise than the first is not taken. */
    void take(ProcessorPage page) {
        if (partitions.isEmpty()) {
            partitions = OptionalInt.of(page.partitions());
        }
        if (partitions.getAsInt() != page.partitions()) {
            return;
        }
        Set<Integer> fresh = page.covered().stream()
                .filter(partition -> partition >= 0 && partition < page.partitions())
                .filter(taken::add)
                .collect(Collectors.toSet());
        if (!fresh.isEmpty()) {
            page.rows().stream().filter(row -> fresh.contains(row.partition())).forEach(rows::add);
            horizon = Stream.concat(horizon.stream(), page.through().stream()).min(Comparator.naturalOrder());
        }
    }

    /** The page over all partitions, as REST shows it; empty as long as nobody spoke of one of them. */
    Optional<JsonNode> merged() {
        boolean isComplete = partitions.isPresent() && partitions.getAsInt() == taken.size();
        return isComplete ? Optional.of(merge()) : Optional.empty();
    }

    private JsonNode merge() {
        List<Row> within = rows.stream()
                .filter(row -> horizon.isEmpty() || row.position().compareTo(horizon.get()) <= 0)
                .sorted(Comparator.comparing(Row::position))
                .toList();
        boolean isCut = within.size() > limit;
        List<Row> shown = isCut ? within.subList(0, limit) : within;
        Optional<Position> next = isCut ? Optional.of(shown.get(limit - 1).position()) : horizon;
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode changes = page.putArray("changes");
        shown.forEach(row -> changes.add(row.change()));
        page.put("next", next.map(Position::text).orElse(null));
        return page;
    }
}
