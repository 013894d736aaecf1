package dev.standing.local.imports.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A line of CSV: a customer, or a subordinate if it has a {@code subordinateType}. Empty cells count as absent. */
final class CsvLine implements EntryParser {

    private static final String SUBORDINATE_TYPE = "subordinateType";
    private static final String SUBORDINATE_ID = "subordinateId";
    private static final String PARENT_TYPE = "parentType";
    private static final String PARENT_ID = "parentId";
    private static final String ATTRIBUTE = "attribute.";
    private static final List<String> COLUMNS = List.of(
            Names.CUSTOMER_ID,
            Names.EXTERNAL_ID,
            Names.STATE,
            Names.STATE_REASON,
            Names.STATE_VALID_FROM,
            SUBORDINATE_TYPE,
            SUBORDINATE_ID,
            PARENT_TYPE,
            PARENT_ID);
    private static final List<String> OF_CUSTOMERS =
            List.of(Names.CUSTOMER_ID, Names.EXTERNAL_ID, Names.STATE, Names.STATE_REASON, Names.STATE_VALID_FROM);
    private static final List<String> OF_SUBORDINATES = List.of(
            Names.CUSTOMER_ID,
            Names.STATE,
            Names.STATE_REASON,
            SUBORDINATE_TYPE,
            SUBORDINATE_ID,
            PARENT_TYPE,
            PARENT_ID);

    private final List<String> columns;

    private CsvLine(List<String> columns) {
        this.columns = columns;
    }

    /**
     * The parser of the lines below a header.
     *
     * @throws UnusableFileException if a column is unknown, stands there twice, or the header is none
     */
    static CsvLine below(String header) {
        List<String> columns = CsvCells.of(header)
                .orElseThrow(() -> new UnusableFileException("The header is not CSV (RFC 4180): " + header));
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            boolean attribute = column.startsWith(ATTRIBUTE) && column.length() > ATTRIBUTE.length();
            if (!attribute && !COLUMNS.contains(column)) {
                throw new UnusableFileException("The column \"" + column + "\" is unknown; known are "
                        + String.join(", ", COLUMNS) + " and attribute.<name>");
            }
            if (!seen.add(column)) {
                throw new UnusableFileException("The column \"" + column + "\" is there twice");
            }
        }
        if (!seen.contains(Names.CUSTOMER_ID) && !seen.contains(Names.EXTERNAL_ID)) {
            throw new UnusableFileException("There is neither a column customerId nor externalId");
        }
        return new CsvLine(columns);
    }

    @Override
    public Entry parse(String line) {
        Optional<List<String>> cells = CsvCells.of(line);
        if (cells.isEmpty()) {
            return new Entry.Unusable(
                    Optional.empty(), Optional.empty(), "The line is not CSV (RFC 4180): look at its quotation marks");
        }
        if (cells.get().size() != columns.size()) {
            return new Entry.Unusable(
                    Optional.empty(),
                    Optional.empty(),
                    "The line has " + cells.get().size() + " cells, the header " + columns.size());
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!cells.get().get(i).isEmpty()) {
                given.put(columns.get(i), cells.get().get(i));
            }
        }
        return given.containsKey(SUBORDINATE_TYPE) ? subordinate(given) : customer(given);
    }

    private static Entry customer(Map<String, String> given) {
        Optional<String> id = Optional.ofNullable(given.get(Names.CUSTOMER_ID))
                .or(() -> Optional.ofNullable(given.get(Names.EXTERNAL_ID)));
        if (id.isEmpty()) {
            return missing(id, Names.CUSTOMER_ID, "a customer has it, or an externalId");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, String> cell : given.entrySet()) {
            String column = cell.getKey();
            if (column.startsWith(ATTRIBUTE)) {
                attributes.put(column.substring(ATTRIBUTE.length()), cell.getValue());
            } else if (!OF_CUSTOMERS.contains(column)) {
                return misplaced(id, column, "without a subordinateType");
            } else if (column.startsWith(Names.STATE)) {
                state.put(column, cell.getValue());
            } else {
                body.put(column, cell.getValue());
            }
        }
        putUnlessEmpty(body, Names.STATE, state);
        putUnlessEmpty(body, Names.ATTRIBUTES, attributes);
        return new Entry.Customer(id.get(), body, List.of());
    }

    private static Entry subordinate(Map<String, String> given) {
        Optional<String> customerId = Optional.ofNullable(given.get(Names.CUSTOMER_ID));
        if (customerId.isEmpty()) {
            return missing(customerId, Names.CUSTOMER_ID, "a subordinate belongs to a customer");
        }
        if (!given.containsKey(SUBORDINATE_ID)) {
            return missing(customerId, SUBORDINATE_ID, "a subordinate has one");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode parent = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, String> cell : given.entrySet()) {
            switch (cell.getKey()) {
                case Names.CUSTOMER_ID -> {}
                case SUBORDINATE_TYPE -> body.put(Names.TYPE, cell.getValue());
                case SUBORDINATE_ID -> body.put(Names.ID, cell.getValue());
                case PARENT_TYPE -> parent.put(Names.TYPE, cell.getValue());
                case PARENT_ID -> parent.put(Names.ID, cell.getValue());
                default -> {
                    if (!OF_SUBORDINATES.contains(cell.getKey())) {
                        return misplaced(customerId, cell.getKey(), "of a subordinate");
                    }
                    body.put(cell.getKey(), cell.getValue());
                }
            }
        }
        putUnlessEmpty(body, Names.PARENT, parent);
        return new Entry.Subordinate(customerId.get(), body);
    }

    private static void putUnlessEmpty(ObjectNode body, String name, ObjectNode member) {
        if (!member.isEmpty()) {
            body.set(name, member);
        }
    }

    private static Entry missing(Optional<String> customerId, String column, String why) {
        return new Entry.Unusable(customerId, Optional.of(column), column + " is empty; " + why);
    }

    private static Entry misplaced(Optional<String> customerId, String column, String line) {
        return new Entry.Unusable(customerId, Optional.of(column), column + " must be empty in a line " + line);
    }
}
