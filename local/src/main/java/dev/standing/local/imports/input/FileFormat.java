package dev.standing.local.imports.input;

import java.util.Locale;
import java.util.Optional;

/** How customers are written down. */
public enum FileFormat {
    /** A JSON object in each line. */
    JSONL,
    /** RFC 4180, with a header. */
    CSV;

    /** The format that the ending of a file's name says; empty if it says none. */
    public static Optional<FileFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return Optional.of(JSONL);
        }
        return lower.endsWith(".csv") ? Optional.of(CSV) : Optional.empty();
    }
}
