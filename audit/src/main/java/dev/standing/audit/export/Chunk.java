package dev.standing.audit.export;

import dev.standing.audit.log.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * What is exported, or not, as a whole: a run of offsets of one partition.
 *
 * @param partition from 0
 * @param begin inclusive
 * @param end exclusive
 */
record Chunk(int partition, long begin, long end) {

    /**
     * A slice in chunks that end at multiples of their size, wherever the slice begins; so they are the same when the
     * slice grows, but for the last.
     */
    static List<Chunk> of(Slice slice, long size) {
        List<Chunk> chunks = new ArrayList<>();
        long begin = slice.begin();
        while (begin < slice.end()) {
            long rest = size - begin % size;
            long end = rest < slice.end() - begin ? begin + rest : slice.end();
            chunks.add(new Chunk(slice.partition(), begin, end));
            begin = end;
        }
        return chunks;
    }

    /** How many offsets there are, each with a record or without. */
    long length() {
        return end - begin;
    }

    /** Whether a place belongs to it. */
    boolean has(int ofPartition, long offset) {
        return ofPartition == partition && begin <= offset && offset < end;
    }
}
