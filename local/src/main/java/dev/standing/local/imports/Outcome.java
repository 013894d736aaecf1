package dev.standing.local.imports;

import java.util.List;

/** What came of a piece of work. */
record Outcome(Counts counts, List<Refusal> refusals) {

    static Outcome refused(Counts others, List<Refusal> refusals) {
        return new Outcome(others.plus(new Counts(0, 0, 0, refusals.size())), refusals);
    }
}
