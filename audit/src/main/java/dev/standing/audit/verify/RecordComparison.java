package dev.standing.audit.verify;

import dev.standing.avro.Customer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Holds a customer's record against what the events make of the customer, field by field. */
final class RecordComparison {

    private RecordComparison() {}

    /** A field in which they differ, and how. */
    record Difference(String field, String text) {}

    /** All differences, in the order of the fields. */
    static List<Difference> between(Customer folded, Customer record) {
        List<Difference> differences = new ArrayList<>();
        for (Schema.Field field : folded.getSchema().getFields()) {
            Object expected = folded.get(field.pos());
            Object found = record.get(field.pos());
            if (!String.valueOf(expected).equals(String.valueOf(found)) || !equal(expected, found)) {
                differences.add(new Difference(
                        field.name(),
                        field.name() + " is " + shortened(found) + ", but the events say " + shortened(expected)
                                + "."));
            }
        }
        return differences;
    }

    private static boolean equal(Object expected, Object found) {
        return expected == null ? found == null : expected.equals(found);
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        int most = 200;
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
