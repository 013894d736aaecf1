package dev.standing.audit.export;

import java.util.Optional;

/**
 * Rows by chunk: looks one row ahead to see where a chunk ends. For one thread.
 *
 * @param <R> the rows
 */
final class ChunkedRows<R> implements AutoCloseable {

    private final Rows<R> rows;
    private Optional<Row<R>> ahead = Optional.empty();

    ChunkedRows(Rows<R> rows) {
        this.rows = rows;
    }

    /** The next row, if it belongs to the chunk. */
    Optional<Row<R>> next(Chunk chunk) {
        if (ahead.isEmpty() && rows.hasNext()) {
            ahead = Optional.of(rows.next());
        }
        Optional<Row<R>> next = ahead.filter(
                row -> chunk.has(row.place().partition(), row.place().offset()));
        if (next.isPresent()) {
            ahead = Optional.empty();
        }
        return next;
    }

    @Override
    public void close() {
        rows.close();
    }
}
