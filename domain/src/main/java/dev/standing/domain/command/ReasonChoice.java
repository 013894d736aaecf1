package dev.standing.domain.command;

import java.util.Optional;

/** How a command tells the reason of a state ({@code semantics.md} section 1). */
public sealed interface ReasonChoice {

    /** The reason with this code. */
    record Named(String code) implements ReasonChoice {}

    /** The policy's default reason for the state, as for a NetXD call, which has no place for a reason. */
    record PolicyDefault() implements ReasonChoice {}

    /** None, where one is needed. */
    record Missing() implements ReasonChoice {}

    /** The named reason, or none at all. */
    static ReasonChoice of(Optional<String> code) {
        return code.<ReasonChoice>map(Named::new).orElseGet(Missing::new);
    }
}
