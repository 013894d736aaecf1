package dev.standing.local.imports;

import dev.standing.local.imports.input.Position;

/**
 * How far an import has come.
 *
 * @param position everything before it is done
 * @param counts what came of that
 * @param refusedBytes how long the file of refusals is with all of that
 */
record Progress(Position position, Counts counts, long refusedBytes) {

    static final Progress NONE = new Progress(Position.START, Counts.NONE, 0);
}
