package dev.standing.audit.verify;

import dev.standing.audit.table.SpillingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** All records that have to do with suspect customers, which need not fit into memory. For one thread. */
final class Evidence implements AutoCloseable {

    private static final int LENGTH_DIGITS = 8;
    private static final int HEX = 16;

    private final SpillingTable<Exhibit> table;

    /** Without anything; keeps so many records in memory. */
    Evidence(int mostInMemory) {
        this.table = new SpillingTable<>(new ExhibitEncoding(), mostInMemory);
    }

    /** Adds a record of a customer. */
    void add(String customerId, Exhibit exhibit) {
        // By customer, and then by offset; the length tells where the customerId ends, whatever characters it has.
        table.put(
                String.format(Locale.ROOT, "%08x", customerId.length())
                        + customerId
                        + String.format(Locale.ROOT, "%016x", exhibit.place().offset()),
                exhibit);
    }

    /** The records of each customer, in the order of the log. */
    void forEach(BiConsumer<String, List<Exhibit>> action) {
        List<Exhibit> group = new ArrayList<>();
        String[] of = {""};
        table.forEach((key, exhibit) -> {
            int length = Integer.parseInt(key.substring(0, LENGTH_DIGITS), HEX);
            String customerId = key.substring(LENGTH_DIGITS, LENGTH_DIGITS + length);
            if (!group.isEmpty() && !customerId.equals(of[0])) {
                action.accept(of[0], List.copyOf(group));
                group.clear();
            }
            of[0] = customerId;
            group.add(exhibit);
        });
        if (!group.isEmpty()) {
            action.accept(of[0], List.copyOf(group));
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
