package dev.standing.audit.export;

import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.log.Range;
import dev.standing.domain.history.PointInTime;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be exported, how, and to where.
 *
 * @param directory new, empty, or one that the same request has written to
 * @param format of the files
 * @param range which part of the log; empty: all
 * @param point the point in time of an export of states; empty for one of the log
 * @param chunk how many offsets are finished, or not, as a whole; at least 1
 * @param threads how many partitions are worked on at the same time; at least 1
 */
public record ExportRequest(
        Path directory,
        ExportFormat format,
        Optional<Range> range,
        Optional<PointInTime> point,
        long chunk,
        int threads) {

    /** How many offsets are finished, or not, as a whole, unless one says otherwise. */
    public static final long DEFAULT_CHUNK = 50_000;

    /** Refuses numbers below 1. */
    public ExportRequest {
        if (chunk < 1 || threads < 1) {
            throw new IllegalArgumentException("A chunk has at least 1 offset, and there is at least 1 thread");
        }
    }
}
