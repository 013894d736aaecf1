package dev.standing.processor.history;

import org.apache.kafka.common.utils.Bytes;

/**
 * A key below which there is no row: scans begin there, since in front of it there may be a great many rows that were
 * deleted, and each scan would walk over what is left of them. One thread adds rows and tells of it, many scan and raise
 * the floor. Safe for use by all of them.
 */
final class Floor {

    private Bytes key;
    private long additions;

    /** A floor that is known to be low enough. */
    Floor(Bytes key) {
        this.key = key;
    }

    /**
     * What was known before a scan.
     *
     * @param key where it may begin
     * @param additions how many rows had been added
     */
    record Mark(Bytes key, long additions) {}

    /** To be asked before a scan begins. */
    synchronized Mark mark() {
        return new Mark(key, additions);
    }

    /** A row was added. To be called when the store has it: a scan that has not seen it must not stay unnoticed. */
    synchronized void added(Bytes row) {
        additions++;
        if (row.compareTo(key) < 0) {
            key = row;
        }
    }

    /**
     * A scan found no row before this one. Nothing comes of it if rows were added meanwhile: they may be among those that
     * the scan did not see.
     *
     * @param before what was known when the scan began
     */
    synchronized void raise(Mark before, Bytes first) {
        if (additions == before.additions() && first.compareTo(key) > 0) {
            key = first;
        }
    }
}
