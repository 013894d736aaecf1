package dev.standing.audit.export;

import java.util.List;

/**
 * A chunk whose files are whole and lie where they belong.
 *
 * @param chunk which
 * @param files none if there were no rows
 * @param unreadable what could not be exported
 */
record FinishedChunk(Chunk chunk, List<ExportedFile> files, List<Unreadable> unreadable) {

    /** Keeps copies. */
    FinishedChunk {
        files = List.copyOf(files);
        unreadable = List.copyOf(unreadable);
    }
}
