package dev.standing.audit.export.format;

/** What a column holds. */
public enum ColumnType {
    /** Text: a {@code String}. */
    TEXT,
    /** A whole number of 32 bits: an {@code Integer}. */
    INTEGER,
    /** A whole number of 64 bits: a {@code Long}. */
    LONG,
    /** Yes or no: a {@code Boolean}. */
    BOOLEAN,
    /** A point in time, in UTC and milliseconds: an {@code Instant}. */
    TIMESTAMP
}
