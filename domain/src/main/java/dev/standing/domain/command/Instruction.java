package dev.standing.domain.command;

import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a command asks for ({@code semantics.md} section 3). */
public sealed interface Instruction {

    /**
     * Creates the customer.
     *
     * @param externalId its second id, unique among all customers
     * @param state empty: ACTIVE with its default reason
     * @param reason the reason for the state
     * @param validFrom from when the state holds; empty: now
     * @param attributes what is to be kept with the customer; immutable
     */
    record RegisterCustomer(
            Optional<String> externalId,
            Optional<CustomerState> state,
            Optional<String> reason,
            Optional<Instant> validFrom,
            Map<String, String> attributes)
            implements Instruction {

        /** Keeps a copy of the attributes. */
        public RegisterCustomer {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Changes the state now, or schedules the change if its date is in the future.
     *
     * @param state the state to change to
     * @param reason why
     * @param validFrom from when it holds; empty: now
     * @param subordinateUpdated whether subordinates follow
     * @param notes free text that is kept with the change
     */
    record ChangeState(
            CustomerState state,
            ReasonChoice reason,
            Optional<Instant> validFrom,
            boolean subordinateUpdated,
            Optional<String> notes)
            implements Instruction {

        /** Refuses nulls. */
        public ChangeState {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Records a pending change, which is not applied before it is confirmed.
     *
     * @param state the state to change to
     * @param reason why
     * @param validFrom from when it is to hold, in the past or in the future
     * @param subordinateUpdated whether subordinates follow when it is applied
     * @param notes free text that is kept with the change
     */
    record ProposeChange(
            CustomerState state,
            ReasonChoice reason,
            Instant validFrom,
            boolean subordinateUpdated,
            Optional<String> notes)
            implements Instruction {

        /** Refuses nulls. */
        public ProposeChange {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(validFrom, "validFrom");
        }
    }

    /**
     * Confirms the pending change.
     *
     * @param state that of the pending change
     * @param reason that of the pending change
     * @param validFrom overrides the date of the proposal; empty: that holds
     * @param subordinateUpdated overrides what the proposal says; empty: that holds
     * @param notes free text that is kept with the change; empty: that of the proposal is
     */
    record ConfirmChange(
            CustomerState state,
            ReasonChoice reason,
            Optional<Instant> validFrom,
            Optional<Boolean> subordinateUpdated,
            Optional<String> notes)
            implements Instruction {

        /** Refuses nulls. */
        public ConfirmChange {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Drops a planned change.
     *
     * @param selection which one
     * @param notes free text that is kept with the cancellation
     */
    record CancelChange(ChangeSelection selection, Optional<String> notes) implements Instruction {

        /** Refuses nulls. */
        public CancelChange {
            Objects.requireNonNull(selection, "selection");
        }
    }

    /**
     * Registers subordinates, or gives new states to those that are registered: all or none.
     *
     * @param subordinates in this order: later ones may refer to earlier ones; immutable
     */
    record RegisterSubordinates(List<RegisteredSubordinate> subordinates) implements Instruction {

        /** Keeps a copy. */
        public RegisterSubordinates {
            subordinates = List.copyOf(subordinates);
        }

        /** How a message names the subordinate at this index, from 0. */
        public static String position(int index) {
            return CommandField.SUBORDINATES.fieldName() + "[" + index + "]";
        }
    }

    /**
     * One subordinate of a registration.
     *
     * @param ref its type and id
     * @param parent the subordinate that it belongs to; empty: it belongs to the customer
     * @param state the state that it is to have
     * @param reason why; empty: the default reason of the state
     */
    record RegisteredSubordinate(
            SubordinateRef ref, Optional<SubordinateRef> parent, CustomerState state, Optional<String> reason) {

        /** Refuses nulls. */
        public RegisteredSubordinate {
            Objects.requireNonNull(ref, "ref");
            Objects.requireNonNull(parent, "parent");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Removes one subordinate, which has no children.
     *
     * @param ref its type and id
     */
    record RemoveSubordinate(SubordinateRef ref) implements Instruction {

        /** Refuses nulls. */
        public RemoveSubordinate {
            Objects.requireNonNull(ref, "ref");
        }
    }

    /**
     * Something that this version cannot carry out: a type that it does not know, or one whose particulars are
     * missing. It is answered with INVALID_REQUEST, so that whoever sent it learns of it.
     *
     * @param type what was asked for, as far as it could be read
     * @param field the member that is to blame
     * @param message what is wrong with it, for people
     * @param needsCustomer whether it is for a customer that exists, as far as can be told
     */
    record Unsupported(String type, CommandField field, String message, boolean needsCustomer) implements Instruction {}
}
