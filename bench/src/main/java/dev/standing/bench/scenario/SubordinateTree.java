package dev.standing.bench.scenario;

import dev.standing.avro.CustomerCommand;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import dev.standing.bench.load.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many subordinates of one customer. Each command registers an account, beneath that of the command before it up to a
 * depth of ten, and beneath the account subscribers, who have a subscription each, which has another one.
 *
 * @param customerId the customer
 * @param size how many subordinates there are; above zero
 */
record SubordinateTree(String customerId, int size) {

    private static final int PER_COMMAND = 1_000;
    private static final int ACCOUNTS_DEEP = 10;
    private static final int KINDS = 3;

    /** How many commands it takes. */
    int commands() {
        return (size + PER_COMMAND - 1) / PER_COMMAND;
    }

    /** The command that registers the nth thousand. */
    CustomerCommand nth(int nth) {
        int count = Math.min(PER_COMMAND, size - nth * PER_COMMAND);
        List<Subordinate> subordinates = new ArrayList<>(count);
        subordinates.add(subordinate(account(nth), parentOfAccount(nth)));
        for (int i = 1; i < count; i++) {
            subordinates.add(subordinate(beneathAccount(nth, i), Optional.of(parent(nth, i))));
        }
        return Commands.subordinates(customerId, "subordinates-" + nth, subordinates);
    }

    private static SubordinateRef account(int nth) {
        return new SubordinateRef(SubordinateType.ACCOUNT, "account-" + nth);
    }

    private static Optional<SubordinateRef> parentOfAccount(int nth) {
        return nth % ACCOUNTS_DEEP == 0 ? Optional.empty() : Optional.of(account(nth - 1));
    }

    private static SubordinateRef beneathAccount(int nth, int i) {
        return i % KINDS == 1
                ? new SubordinateRef(SubordinateType.SUBSCRIBER, "subscriber-" + nth + "-" + i)
                : new SubordinateRef(SubordinateType.SUBSCRIPTION, "subscription-" + nth + "-" + i);
    }

    private static SubordinateRef parent(int nth, int i) {
        return i % KINDS == 1 ? account(nth) : beneathAccount(nth, i - 1);
    }

    private static Subordinate subordinate(SubordinateRef ref, Optional<SubordinateRef> parent) {
        return Subordinate.newBuilder()
                .setType(ref.getType())
                .setId(ref.getId())
                .setParent(parent.orElse(null))
                .build();
    }
}
