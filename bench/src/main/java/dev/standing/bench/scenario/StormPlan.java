package dev.standing.bench.scenario;

import dev.standing.avro.CustomerCommand;
import dev.standing.bench.load.Commands;
import dev.standing.bench.load.Commands.Change;
import java.time.Instant;

/**
 * Which changes are planned for which customers: of ten customers, the first has three changes, for the same instant,
 * and the others one each.
 *
 * @param prefix what customerIds begin with
 * @param due when the second begins in which all of them fall due
 */
record StormPlan(String prefix, Instant due) {

    private static final int PER_TEN_CUSTOMERS = 12;
    private static final int OF_THE_FIRST = 3;
    private static final int MILLIS = 1_000;
    private static final Change[] CHANGES = {Change.NON_PAYMENT, Change.PAID, Change.FRAUD};

    /** The command that plans the nth change. */
    CustomerCommand nth(int nth) {
        int place = nth % PER_TEN_CUSTOMERS;
        int customer = nth / PER_TEN_CUSTOMERS * 10 + Math.max(0, place - OF_THE_FIRST + 1);
        Change change = CHANGES[place < OF_THE_FIRST ? place : 0];
        return Commands.plan(prefix + customer, "plan-" + nth, change, due.plusMillis(customer % MILLIS));
    }
}
