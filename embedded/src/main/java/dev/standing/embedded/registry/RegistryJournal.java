package dev.standing.embedded.registry;

/** Where facts are written before they count. */
@FunctionalInterface
interface RegistryJournal {

    /**
     * Writes a fact and waits until it was applied.
     *
     * @param fact what has happened
     */
    void append(RegistryRecord fact);
}
