package dev.standing.audit.whatif;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A field of a customer's final state that would be another. Sequences, ids of changes, hashes and times of record are no
 * such fields.
 *
 * @param field its name; of a subordinate, its type and id
 * @param was the value as recorded; empty: there is none
 * @param would the value that it would have; empty: there would be none
 */
public record FieldDifference(String field, Optional<String> was, Optional<String> would) {

    /** All in which the second differs from the first, in a fixed order. */
    static List<FieldDifference> between(Situation was, Situation would) {
        Map<String, String> before = fields(was);
        Map<String, String> after = fields(would);
        Map<String, Optional<String>> all = new TreeMap<>();
        before.forEach((field, value) -> all.put(field, Optional.of(value)));
        after.keySet().forEach(field -> all.putIfAbsent(field, Optional.empty()));
        List<FieldDifference> differences = new ArrayList<>();
        all.forEach((field, value) -> {
            Optional<String> other = Optional.ofNullable(after.get(field));
            if (!other.equals(value)) {
                differences.add(new FieldDifference(field, value, other));
            }
        });
        return List.copyOf(differences);
    }

    private static Map<String, String> fields(Situation situation) {
        Map<String, String> fields = new TreeMap<>();
        situation.customer().ifPresent(customer -> put(fields, customer));
        for (Subordinate subordinate : situation.subordinates().values()) {
            fields.put(
                    "subordinate " + subordinate.ref().text(),
                    subordinate.state() + " " + subordinate.reason()
                            + subordinate
                                    .parent()
                                    .map(SubordinateRef::text)
                                    .map(parent -> ", beneath " + parent)
                                    .orElse(""));
        }
        return fields;
    }

    private static void put(Map<String, String> fields, Customer customer) {
        fields.put("state", customer.state().state().name());
        fields.put("stateReason", customer.state().reason());
        fields.put("stateValidFrom", customer.state().validFrom().toString());
        customer.externalId().ifPresent(externalId -> fields.put("externalId", externalId));
        if (!customer.attributes().isEmpty()) {
            fields.put("attributes", new TreeMap<>(customer.attributes()).toString());
        }
        if (!customer.plannedChanges().isEmpty()) {
            fields.put(
                    "plannedChanges",
                    String.join(
                            "; ",
                            customer.plannedChanges().stream()
                                    .map(FieldDifference::text)
                                    .toList()));
        }
    }

    private static String text(PlannedChange planned) {
        return planned.status() + " " + planned.change().state() + " "
                + planned.change().reason() + " from " + planned.change().validFrom()
                + (planned.subordinateUpdated() ? " with subordinates" : "")
                + planned.notes().map(notes -> " (" + notes + ")").orElse("");
    }
}
