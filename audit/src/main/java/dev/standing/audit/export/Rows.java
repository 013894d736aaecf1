package dev.standing.audit.export;

import java.util.Iterator;

/**
 * The rows of a part of one partition. For one thread.
 *
 * @param <R> the rows
 */
public interface Rows<R> extends Iterator<Row<R>>, AutoCloseable {

    @Override
    void close();
}
