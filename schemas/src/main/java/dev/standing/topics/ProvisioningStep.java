package dev.standing.topics;

import java.util.Objects;

/**
 * One thing that provisioning did, or found done.
 *
 * @param outcome whether anything was changed
 * @param what the topic or the subject, in words
 * @param detail more about it, in words; may be empty
 */
public record ProvisioningStep(Outcome outcome, String what, String detail) {

    /** Refuses null. */
    public ProvisioningStep {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether anything was changed. */
    public enum Outcome {
        /** It was not there, and is now. */
        CREATED,
        /** It was there, as it should be. */
        UNCHANGED,
        /** It was set, whatever it was before. */
        SET
    }

    /** For people to read: one line. */
    @Override
    public String toString() {
        String done = switch (outcome) {
            case CREATED -> "created";
            case UNCHANGED -> "unchanged";
            case SET -> "set";
        };
        return done + "  " + what + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
