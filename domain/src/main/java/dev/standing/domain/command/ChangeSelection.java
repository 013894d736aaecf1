package dev.standing.domain.command;

import dev.standing.domain.customer.CustomerState;

/** How a command tells which planned change it is about ({@code semantics.md} section 6). */
public sealed interface ChangeSelection {

    /** The one of this id, whatever it is. */
    record ById(String changeId) implements ChangeSelection {}

    /** The pending one, which must have this state and reason; without one, the only scheduled one that has. */
    record ByState(CustomerState state, ReasonChoice reason) implements ChangeSelection {}
}
