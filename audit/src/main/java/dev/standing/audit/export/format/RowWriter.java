package dev.standing.audit.export.format;

import java.io.IOException;

/**
 * Writes rows to a stream, which it never closes. For one thread.
 *
 * @param <R> the rows
 */
public interface RowWriter<R> {

    /** Writes a row, now or later. */
    void write(R row) throws IOException;

    /** Writes what there is still to write. Nothing follows. */
    void finish() throws IOException;
}
