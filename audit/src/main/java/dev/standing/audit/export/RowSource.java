package dev.standing.audit.export;

import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.log.Slice;
import java.util.List;

/**
 * Where rows come from. Safe for use by many threads.
 *
 * @param <R> the rows
 */
public interface RowSource<R> {

    /** What they look like. */
    RowShape<R> shape();

    /** What there is to be exported now, by partition. */
    List<Slice> slices();

    /** The rows of a part of such a slice: the same ones in the same order each time. */
    Rows<R> rows(Slice part);
}
