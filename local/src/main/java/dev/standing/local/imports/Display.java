package dev.standing.local.imports;

import dev.standing.local.imports.input.Position;

/** What people see of an import. Called by several threads. */
public interface Display extends AutoCloseable {

    /** It begins, or goes on, at a place. */
    void begin(Position position, long bytesOfFile);

    /** This far it has come; told about every second. */
    void reached(Position position, Counts counts);

    /** A line is refused. */
    void refused(Refusal refusal);

    /** Something is worth knowing. */
    void note(String text);

    @Override
    void close();
}
