package dev.standing.local.imports;

/**
 * What came of lines.
 *
 * @param customers registered now
 * @param subordinates registered now
 * @param replayed customers and subordinates that the same request had registered before
 * @param refused lines
 */
public record Counts(long customers, long subordinates, long replayed, long refused) {

    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** Both together. */
    Counts plus(Counts other) {
        return new Counts(
                customers + other.customers,
                subordinates + other.subordinates,
                replayed + other.replayed,
                refused + other.refused);
    }

    /** What came since. */
    Counts minus(Counts before) {
        return new Counts(
                customers - before.customers,
                subordinates - before.subordinates,
                replayed - before.replayed,
                refused - before.refused);
    }
}
