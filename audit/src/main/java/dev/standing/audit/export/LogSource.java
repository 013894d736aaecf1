package dev.standing.audit.export;

import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.RecordCursor;
import dev.standing.audit.log.Slice;
import dev.standing.avro.EventType;
import dev.standing.serde.UndecodableRecordException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every event of the log. */
public final class LogSource implements RowSource<LoggedEvent> {

    private final AuditLog log;
    private final Range range;
    private final Progress progress;
    private final EventReader reader;
    private final EventShape shape = new EventShape();

    /** The events of a range. */
    public LogSource(AuditLog log, Range range, Progress progress) {
        this.log = log;
        this.range = range;
        this.progress = progress;
        this.reader = new EventReader(log);
    }

    @Override
    public RowShape<LoggedEvent> shape() {
        return shape;
    }

    @Override
    public List<Slice> slices() {
        return log.slices(log.topics().events(), range);
    }

    @Override
    public Rows<LoggedEvent> rows(Slice part) {
        return new LogRows(log.records(part, progress));
    }

    private final class LogRows implements Rows<LoggedEvent> {

        private final RecordCursor cursor;

        LogRows(RecordCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            return cursor.hasNext();
        }

        @Override
        public Row<LoggedEvent> next() {
            ConsumerRecord<byte[], byte[]> logged = cursor.next();
            Place place = new Place(logged.partition(), logged.offset());
            try {
                LoggedEvent event = reader.read(logged);
                return event.event().getType() == EventType.UNKNOWN
                        ? new Row.Partial<>(place, event, "An event of a type that this version does not know")
                        : new Row.Whole<>(place, event);
            } catch (UndecodableRecordException e) {
                return new Row.Broken<>(place, e.reason() + ": " + e.getMessage());
            }
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
