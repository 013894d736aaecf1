package dev.standing.embedded.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The rules of Confluent's Schema Registry for what a new version may change. */
enum CompatibilityLevel {
    /** Anything goes. */
    NONE(false, false, false),
    /** The new version reads data of the latest. */
    BACKWARD(true, false, false),
    /** The new version reads data of all versions. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest version reads data of the new one. */
    FORWARD(false, true, false),
    /** All versions read data of the new one. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both, between the new version and the latest. */
    FULL(true, true, false),
    /** Both, between the new version and all. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    /** The level of that name, in any case; empty if there is none. */
    static Optional<CompatibilityLevel> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(level -> level.name().equals(upper))
                .findFirst();
    }

    boolean newReadsOld() {
        return newReadsOld;
    }

    boolean oldReadsNew() {
        return oldReadsNew;
    }

    /** Whether all versions count, not just the latest. */
    boolean transitive() {
        return transitive;
    }
}
