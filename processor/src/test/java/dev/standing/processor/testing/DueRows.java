package dev.standing.processor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Settlement;
import dev.standing.processor.store.DueIndex.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The rows of the index of due times: those that it has, and those that it should have. */
public final class DueRows {

    private DueRows() {}

    /** The rows that follow from what the customers plan. */
    public static Set<Row> of(Collection<Customer> customers, Settlement settlement) {
        Set<Row> rows = new HashSet<>();
        for (Customer customer : customers) {
            settlement.dueTimes(customer).stream()
                    .map(due -> new Row(due.at(), customer.customerId(), due.changeId()))
                    .forEach(rows::add);
        }
        return rows;
    }

    /** The row of a key in the store; empty for those few that are no rows. */
    public static Optional<Row> row(byte[] key) {
        if (key.length == 1) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(key);
        Instant at = Instant.ofEpochMilli(bytes.getLong() ^ Long.MIN_VALUE);
        byte[] customerId = new byte[bytes.getInt()];
        bytes.get(customerId);
        return Optional.of(
                new Row(at, new String(customerId, UTF_8), UTF_8.decode(bytes).toString()));
    }
}
