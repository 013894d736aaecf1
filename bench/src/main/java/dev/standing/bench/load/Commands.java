package dev.standing.bench.load;

import dev.standing.avro.CancelChange;
import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RegisterSubordinates;
import dev.standing.avro.Subordinate;
import java.time.Instant;
import java.util.List;

/** The commands that benchmarks send. Their requestIds are their commandIds. */
public final class Commands {

    private static final String SOURCE = "bench";

    private Commands() {}

    /** The changes that they ask for: each can follow any other, and itself. */
    public enum Change {
        /** Suspended for not having paid. */
        NON_PAYMENT(CustomerState.SUSPENDED, "nonPayment"),
        /** Active, having paid. */
        PAID(CustomerState.ACTIVE, "paymentReceived"),
        /** Blocked because of a fraud. */
        FRAUD(CustomerState.BLOCKED, "fraud");

        private final CustomerState state;
        private final String reason;

        Change(CustomerState state, String reason) {
            this.state = state;
            this.reason = reason;
        }
    }

    /** Changes the state now. */
    public static CustomerCommand change(String customerId, String commandId, Change change) {
        return command(customerId, commandId, CommandType.CHANGE_STATE)
                .setChangeState(changeState(change).build())
                .build();
    }

    /** Changes the state now, and that of all subordinates. */
    public static CustomerCommand cascade(String customerId, String commandId, Change change) {
        return command(customerId, commandId, CommandType.CHANGE_STATE)
                .setChangeState(changeState(change).setSubordinateUpdated(true).build())
                .build();
    }

    /** Registers subordinates. */
    public static CustomerCommand subordinates(String customerId, String commandId, List<Subordinate> subordinates) {
        return command(customerId, commandId, CommandType.REGISTER_SUBORDINATES)
                .setRegisterSubordinates(new RegisterSubordinates(subordinates))
                .build();
    }

    /** Changes the state then. */
    public static CustomerCommand plan(String customerId, String commandId, Change change, Instant then) {
        return command(customerId, commandId, CommandType.CHANGE_STATE)
                .setChangeState(changeState(change).setValidFrom(then).build())
                .build();
    }

    /** Cancels the only change of this kind that is planned. */
    public static CustomerCommand cancel(String customerId, String commandId, Change change) {
        return command(customerId, commandId, CommandType.CANCEL_CHANGE)
                .setCancelChange(CancelChange.newBuilder()
                        .setState(change.state)
                        .setStateReason(change.reason)
                        .build())
                .build();
    }

    private static ChangeState.Builder changeState(Change change) {
        return ChangeState.newBuilder().setState(change.state).setStateReason(change.reason);
    }

    private static CustomerCommand.Builder command(String customerId, String commandId, CommandType type) {
        return CustomerCommand.newBuilder()
                .setCommandId(commandId)
                .setRequestId(commandId)
                .setCustomerId(customerId)
                .setSource(SOURCE)
                .setType(type);
    }
}
