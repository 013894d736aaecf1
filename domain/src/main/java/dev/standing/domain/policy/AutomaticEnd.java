package dev.standing.domain.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * How a pending change ends that nobody confirms or cancels: the setting {@code pendingAutoConfirm} ({@code semantics.md}
 * section 6).
 *
 * @param action what ends it
 * @param after how long after the later of its date and the time of the proposal; not negative
 */
public record AutomaticEnd(Action action, Duration after) {

    /** Refuses nulls. */
    public AutomaticEnd {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(after, "after");
    }

    /** What ends a pending change. */
    public enum Action {
        /** It is confirmed, and applied. */
        CONFIRM,
        /** It is dropped. */
        CANCEL
    }
}
