package dev.standing.audit.export;

import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.history.AllAsOf;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.Slice;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.PolicyFile;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Where all customers stood at a point in time. */
public final class AsOfSource implements RowSource<GenericRecord> {

    private static final int MOST_IN_MEMORY = 50_000;

    private final AuditLog log;
    private final Bound until;
    private final AllAsOf all;
    private final Progress progress;
    private final StateShape shape = new StateShape();

    /**
     * The customers of a log.
     *
     * @param until how much of the log is taken into account
     * @param point with both its times, so that the answer is the same at any later time
     */
    public AsOfSource(AuditLog log, Bound until, PointInTime point, Progress progress) {
        if (point.validAt().isEmpty() || point.knownAt().isEmpty()) {
            throw new IllegalArgumentException("What holds now is another answer each time");
        }
        this.log = log;
        this.until = until;
        this.progress = progress;
        // After that record time nothing is settled, whatever the policy says.
        Instant after = point.knownAt().get().plusMillis(1);
        this.all = new AllAsOf(PolicyFile.packagedDefault(), point, after, MOST_IN_MEMORY);
    }

    @Override
    public RowShape<GenericRecord> shape() {
        return shape;
    }

    @Override
    public List<Slice> slices() {
        return log.slices(log.topics().events(), new Range(Bound.OPEN, until));
    }

    @Override
    public Rows<GenericRecord> rows(Slice part) {
        return new DatedAnswers(shape, all.read(log, part, slices().size(), progress));
    }
}
