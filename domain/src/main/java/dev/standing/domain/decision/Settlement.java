package dev.standing.domain.decision;

import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.policy.AutomaticEnd;
import dev.standing.domain.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What time alone brings about ({@code semantics.md} section 4, step 2): scheduled changes are applied, unconfirmed ones
 * end by themselves or are told to be overdue. Punctuation, every decision and every query call the same function, so
 * the outcome does not depend on when punctuation runs. Pure, and safe for use by many threads.
 */
public final class Settlement {

    /** What can become of one planned change: it is told to be overdue, and it ends. */
    private static final int STEPS_OF_A_CHANGE = 2;

    private final Policy policy;
    private final TransitionRule transitions;

    /** A settlement under this policy. */
    public Settlement(Policy policy) {
        this.policy = policy;
        this.transitions = new TransitionRule(policy);
    }

    /** In this order when two are due at the same time for the same change. */
    private enum Kind {
        APPLICATION,
        AUTOMATIC_END,
        OVERDUE_NOTICE
    }

    /**
     * Something that time brings about.
     *
     * @param at when
     * @param planned the change that it is about
     */
    private record Due(Instant at, PlannedChange planned, Kind kind) {

        private static final Comparator<Due> IN_ORDER = Comparator.comparing(Due::at)
                .thenComparingLong(due -> due.planned().acceptedSequence())
                .thenComparing(Due::kind);
    }

    /**
     * A time at which there is something to be settled.
     *
     * @param at the time
     * @param changeId the planned change that it is about
     */
    public record DueTime(Instant at, String changeId) {}

    /**
     * What time has brought about for a customer.
     *
     * @param clock the processor's clock
     * @return its next events; empty if there is nothing to be settled
     */
    public List<Event> settle(Customer customer, Instant clock) {
        Instant now = Now.of(Optional.of(customer), clock);
        Chronicle chronicle = new Chronicle(customer.customerId(), Optional.of(customer), now, policy.version());
        settle(chronicle, now);
        return chronicle.events();
    }

    /**
     * Goes on with the chronicle, if it is about a customer that exists.
     *
     * @throws IllegalStateException if it does not come to an end: rather than to hold up everybody for ever
     */
    void settle(Chronicle chronicle, Instant now) {
        int most = chronicle
                .customer()
                .map(customer -> customer.plannedChanges().size() * STEPS_OF_A_CHANGE)
                .orElse(0);
        Optional<Due> next = next(chronicle, now);
        for (int steps = 0; next.isPresent(); steps++) {
            if (steps == most) {
                throw new IllegalStateException("More is due than is planned: " + next.get());
            }
            Due due = next.get();
            chronicle.record(due.planned().origin(), facts(chronicle.customer().orElseThrow(), due));
            next = next(chronicle, now);
        }
    }

    private Optional<Due> next(Chronicle chronicle, Instant now) {
        return chronicle
                .customer()
                .flatMap(customer -> due(customer).stream()
                        .filter(due -> !due.at().isAfter(now))
                        .min(Due.IN_ORDER));
    }

    /**
     * When there will be something to be settled, if nothing happens before: the next time of each planned change that
     * has one, in no order.
     */
    public List<DueTime> dueTimes(Customer customer) {
        return due(customer).stream()
                .map(due -> new DueTime(due.at(), due.planned().changeId()))
                .toList();
    }

    /**
     * Names the settings of the policy that due times hang on: under a policy for which this is another, customers have
     * other due times.
     */
    public String rulesOfDueTimes() {
        return policy.planning()
                .pendingAutoConfirm()
                .map(automatic -> "pendingAutoConfirm after " + automatic.after())
                .orElse("");
    }

    /** What comes next for each of the planned changes. */
    private List<Due> due(Customer customer) {
        List<Due> all = new ArrayList<>();
        for (PlannedChange planned : customer.plannedChanges()) {
            next(planned).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Due> next(PlannedChange planned) {
        if (!planned.isPending()) {
            return Optional.of(new Due(planned.change().validFrom(), planned, Kind.APPLICATION));
        }
        Instant passed = later(planned.change().validFrom(), planned.acceptedAt());
        Optional<Due> end = policy.planning()
                .pendingAutoConfirm()
                .map(automatic -> new Due(passed.plus(automatic.after()), planned, Kind.AUTOMATIC_END));
        boolean noticeComesFirst = end.isEmpty() || passed.isBefore(end.get().at());
        return noticeComesFirst && !planned.overdue()
                ? Optional.of(new Due(passed, planned, Kind.OVERDUE_NOTICE))
                : end;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private List<Fact> facts(Customer customer, Due due) {
        PlannedChange planned = due.planned();
        return switch (due.kind()) {
            case APPLICATION -> applied(customer, planned, ChangeCause.DUE);
            case AUTOMATIC_END -> endedByItself(customer, planned);
            case OVERDUE_NOTICE -> List.of(new PendingOverdue(planned.changeId(), planned.change()));
        };
    }

    private List<Fact> endedByItself(Customer customer, PlannedChange planned) {
        AutomaticEnd end = policy.planning().pendingAutoConfirm().orElseThrow();
        return switch (end.action()) {
            case CANCEL -> List.of(TransitionRule.cancelled(planned, CancelCause.AUTO, Optional.empty()));
            case CONFIRM -> {
                List<Fact> facts = new ArrayList<>();
                facts.add(new ChangeConfirmed(
                        planned.changeId(),
                        planned.change(),
                        planned.change().validFrom(),
                        planned.subordinateUpdated(),
                        ChangeCause.AUTO,
                        Optional.empty()));
                facts.addAll(applied(customer, planned, ChangeCause.AUTO));
                yield facts;
            }
        };
    }

    /** The rules are asked again: state and policy may have changed since the change was planned. */
    private List<Fact> applied(Customer customer, PlannedChange planned, ChangeCause cause) {
        StateValue change = planned.change();
        CustomerState target = change.state();
        return transitions
                .notTerminal(customer)
                .or(() -> ReasonRule.check(target, policy.of(target), new ReasonChoice.Named(change.reason())))
                .or(() -> transitions.allowed(customer, target))
                .map(illegal -> List.of(failed(planned, illegal)))
                .orElseGet(() -> transitions.applied(customer, planned, cause));
    }

    private static Fact failed(PlannedChange planned, Rejection illegal) {
        return new ChangeFailed(planned.changeId(), planned.change(), illegal.code(), illegal.message());
    }
}
