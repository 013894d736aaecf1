package dev.standing.local.imports;

import dev.standing.local.imports.input.Position;

/** Shows nothing. */
class SilentDisplay implements Display {

    @Override
    public void begin(Position position, long bytesOfFile) {}

    @Override
    public void reached(Position position, Counts counts) {}

    @Override
    public void refused(Refusal refusal) {}

    @Override
    public void note(String text) {}

    @Override
    public void close() {}
}
