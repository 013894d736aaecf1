package dev.standing.local.imports.input;

/** How one line of a format is read. */
@FunctionalInterface
interface EntryParser {

    /** What the line says; never fails. */
    Entry parse(String line);
}
