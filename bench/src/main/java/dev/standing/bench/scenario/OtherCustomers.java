package dev.standing.bench.scenario;

import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Bulk;
import dev.standing.bench.load.Commands;
import dev.standing.bench.load.Commands.Change;
import dev.standing.bench.load.OpenLoop;

/**
 * The customers whose commands are measured while something else goes on. Each of their commands changes a state.
 *
 * @param count how many there are
 */
record OtherCustomers(int count) {

    private static final int WARM_UP_ROUNDS = 6;

    /** Brings them into being, and the machine up to speed; how many commands were answered in a second. */
    double warmUp(Bulk bulk) {
        return bulk.send("Other customers", count * WARM_UP_ROUNDS, ResultStatus.APPLIED, this::warmUp);
    }

    private CustomerCommand warmUp(int nth) {
        int round = nth / count;
        return Commands.change(id(nth), "warm-up-" + nth, round % 2 == 0 ? Change.NON_PAYMENT : Change.FRAUD);
    }

    /** The nth command of an open loop. */
    CustomerCommand load(long nth) {
        long round = nth / count;
        return Commands.change(id(nth), OpenLoop.commandId(nth), round % 2 == 0 ? Change.PAID : Change.NON_PAYMENT);
    }

    private String id(long nth) {
        return "other-" + nth % count;
    }
}
