package dev.standing.audit.export.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.log.Place;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * What rows look like in each format.
 *
 * @param <R> the rows
 */
public interface RowShape<R> {

    /** What the names of files begin with. */
    String prefix();

    /** Where the event lies which a row is, or which decided it. */
    Place place(R row);

    /** When that event was recorded. */
    Instant recordedAt(R row);

    /** The columns of the flat formats, in their order. */
    List<Column<R>> columns();

    /** A row as JSON. */
    ObjectNode json(R row);

    /** The schema of rows in Avro. */
    Schema schema();

    /** A row in Avro. */
    IndexedRecord avro(R row);
}
