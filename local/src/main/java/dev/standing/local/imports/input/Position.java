package dev.standing.local.imports.input;

/**
 * A place between two lines of a file.
 *
 * @param lines how many lines are before it
 * @param bytes how many bytes are before it
 */
public record Position(long lines, long bytes) {

    /** Before everything. */
    public static final Position START = new Position(0, 0);
}
