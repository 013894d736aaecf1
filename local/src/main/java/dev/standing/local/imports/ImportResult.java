package dev.standing.local.imports;

import java.util.Optional;

/**
 * How an import ended.
 *
 * @param end why
 * @param failure why it could not go on, if it could not
 * @param lines of the file up to where all is done
 * @param linesNow of them, those of this run
 * @param all what came of the lines, over all runs
 * @param now of that, what came of this run
 */
public record ImportResult(End end, Optional<String> failure, long lines, long linesNow, Counts all, Counts now) {

    /** Why it ended. */
    public enum End {
        /** It is through. */
        COMPLETE,
        /** Somebody stopped it. */
        STOPPED,
        /** It could not go on. */
        ABANDONED
    }
}
