package dev.standing.domain.policy;

import dev.standing.domain.customer.CustomerState;
import java.util.List;
import java.util.Set;

/**
 * The rules of one state.
 *
 * @param reasons the reasons it can have, at least the default one; immutable
 * @param defaultReason the code of the reason where none is named
 * @param transitions the other states that it may change to; immutable
 * @param terminal whether nothing changes it any more
 */
public record StatePolicy(
        List<Reason> reasons, String defaultReason, Set<CustomerState> transitions, boolean terminal) {

    /** Keeps copies. */
    public StatePolicy {
        reasons = List.copyOf(reasons);
        transitions = Set.copyOf(transitions);
    }

    /** Whether a reason with this code is configured. */
    public boolean hasReason(String code) {
        return reasons.stream().anyMatch(reason -> reason.code().equals(code));
    }

    /** The codes of all reasons, in the order of the policy. */
    public List<String> reasonCodes() {
        return reasons.stream().map(Reason::code).toList();
    }
}
