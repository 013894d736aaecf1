package dev.standing.local.demo;

import java.util.List;
import java.util.Optional;

/**
 * What came of a step.
 *
 * @param answer what was answered
 * @param events what it caused
 * @param met the expectation that was met; empty: none
 */
record StepOutcome(DemoAnswer answer, List<SeenEvent> events, Optional<Expectation> met) {

    /** Whether it was as expected. */
    boolean asExpected() {
        return met.isPresent();
    }
}
