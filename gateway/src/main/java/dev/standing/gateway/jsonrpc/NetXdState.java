package dev.standing.gateway.jsonrpc;

import dev.standing.domain.customer.CustomerState;
import java.util.Arrays;

/** The states as NetXD spells them ({@code semantics.md} section 1). */
enum NetXdState {
    /** INACTIVE. */
    IN_ACTIVE(CustomerState.INACTIVE),
    /** ACTIVE. */
    ACTIVE(CustomerState.ACTIVE),
    /** DORMANT. */
    DORMANT(CustomerState.DORMANT),
    /** SUSPENDED. */
    SUSPENDED(CustomerState.SUSPENDED),
    /** BLOCKED. */
    BLOCKED(CustomerState.BLOCKED),
    /** BLACKLISTED. */
    BLACK_LISTED(CustomerState.BLACKLISTED);

    private final CustomerState canonical;

    NetXdState(CustomerState canonical) {
        this.canonical = canonical;
    }

    /** The canonical state. */
    CustomerState canonical() {
        return canonical;
    }

    /** The spelling of a canonical state by its name; the name itself where NetXD has no spelling. */
    static String spelling(String canonicalName) {
        return Arrays.stream(values())
                .filter(state -> state.canonical.name().equals(canonicalName))
                .map(Enum::name)
                .findFirst()
                .orElse(canonicalName);
    }
}
