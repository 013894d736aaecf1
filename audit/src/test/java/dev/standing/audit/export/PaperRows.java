package dev.standing.audit.export;

import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A log without a broker, which can be cut off after so many records. */
final class PaperRows implements RowSource<LoggedEvent> {

    static final class CutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<Slice> slices;
    private final Map<Integer, List<Row<LoggedEvent>>> rows;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong read = new AtomicLong();

    private PaperRows(List<Slice> slices, Map<Integer, List<Row<LoggedEvent>>> rows) {
        this.slices = slices;
        this.rows = rows;
    }

    /** Partitions whose events lie at offsets without a gap. */
    static PaperRows of(List<List<LoggedEvent>> partitions) {
        List<Slice> slices = new ArrayList<>();
        Map<Integer, List<Row<LoggedEvent>>> rows = new HashMap<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<LoggedEvent> events = partitions.get(partition);
            slices.add(new Slice("standing.events", partition, 0, 0, events.size()));
            List<Row<LoggedEvent>> whole = new ArrayList<>();
            events.forEach(event -> whole.add(new Row.Whole<>(event.place(), event)));
            rows.put(partition, whole);
        }
        return new PaperRows(slices, rows);
    }

    /** With another row in one place. */
    PaperRows with(int partition, int index, Row<LoggedEvent> row) {
        rows.get(partition).set(index, row);
        return this;
    }

    /** The same, but reading fails after so many records in all. */
    PaperRows cutAfter(long records) {
        left.set(records);
        return this;
    }

    long read() {
        return read.get();
    }

    @Override
    public RowShape<LoggedEvent> shape() {
        return new EventShape();
    }

    @Override
    public List<Slice> slices() {
        return slices;
    }

    @Override
    public Rows<LoggedEvent> rows(Slice part) {
        Iterator<Row<LoggedEvent>> inPart = rows.get(part.partition()).stream()
                .filter(row ->
                        part.begin() <= row.place().offset() && row.place().offset() < part.end())
                .iterator();
        return new Rows<>() {
            @Override
            public boolean hasNext() {
                return inPart.hasNext();
            }

            @Override
            public Row<LoggedEvent> next() {
                if (left.getAndDecrement() <= 0) {
                    throw new CutException();
                }
                read.incrementAndGet();
                return inPart.next();
            }

            @Override
            public void close() {}
        };
    }
}
