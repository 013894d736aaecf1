package dev.standing.domain.event;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.PlannedChangeStatus;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folds events into customers ({@code semantics.md} section 4): the only thing that changes state. */
public final class CustomerEvolution {

    private CustomerEvolution() {}

    /**
     * The customer after one more event.
     *
     * @param customer the customer before; empty before its registration
     * @param event its next event
     * @throws IllegalArgumentException if the event is not the next one of this customer, or speaks of a planned change
     *     that the customer does not have
     */
    public static Customer evolve(Optional<Customer> customer, Event event) {
        long expected = customer.map(Customer::sequence).orElse(0L) + 1;
        if (event.sequence() != expected) {
            throw new IllegalArgumentException("Event " + event.eventId() + " does not follow: expected sequence "
                    + expected + " of customer " + event.customerId());
        }
        if (event.fact() instanceof CustomerRegistered registered) {
            return registered(customer, event, registered);
        }
        return next(known(customer, event), event);
    }

    /**
     * The customer after all of the events, in their order.
     *
     * @throws IllegalArgumentException if they do not follow each other, or do not follow the customer
     */
    public static Optional<Customer> evolve(Optional<Customer> customer, List<Event> events) {
        Optional<Customer> evolved = customer;
        for (Event event : events) {
            evolved = Optional.of(evolve(evolved, event));
        }
        return evolved;
    }

    private static Customer registered(Optional<Customer> customer, Event event, CustomerRegistered registered) {
        if (customer.isPresent()) {
            throw new IllegalArgumentException("Event " + event.eventId() + " registers a customer that exists");
        }
        return new Customer(
                event.customerId(),
                registered.externalId(),
                event.sequence(),
                event.sequence(),
                event.recordedAt(),
                registered.state(),
                event.recordedAt(),
                event.recordedAt(),
                registered.attributes(),
                List.of());
    }

    private static Customer known(Optional<Customer> customer, Event event) {
        return customer.filter(c -> c.customerId().equals(event.customerId()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Event " + event.eventId() + " changes a customer that was not registered"));
    }

    private static Customer next(Customer customer, Event event) {
        Fact fact = event.fact();
        if (fact instanceof StateChanged changed) {
            return changed(customer, event, changed);
        }
        if (fact instanceof ChangeScheduled scheduled) {
            return planned(
                    customer,
                    event,
                    planned(
                            event,
                            scheduled.changeId(),
                            PlannedChangeStatus.SCHEDULED,
                            scheduled.change(),
                            scheduled.subordinateUpdated(),
                            scheduled.notes()));
        }
        if (fact instanceof ChangeProposed proposed) {
            return planned(
                    customer,
                    event,
                    planned(
                            event,
                            proposed.changeId(),
                            PlannedChangeStatus.PENDING,
                            proposed.change(),
                            proposed.subordinateUpdated(),
                            proposed.notes()));
        }
        if (fact instanceof ChangeConfirmed confirmed) {
            return confirmed(customer, event, confirmed);
        }
        if (fact instanceof ChangeCancelled cancelled) {
            return ended(customer, event, cancelled.changeId());
        }
        if (fact instanceof ChangeFailed failed) {
            return ended(customer, event, failed.changeId());
        }
        if (fact instanceof PendingOverdue overdue) {
            return overdue(customer, event, overdue);
        }
        // The hierarchy is kept beside the customer, which only moves on.
        return planning(customer, event, customer.version(), customer.plannedChanges());
    }

    private static Customer changed(Customer customer, Event event, StateChanged changed) {
        List<PlannedChange> left = changed.changeId()
                .map(changeId -> without(customer, event, changeId))
                .orElseGet(customer::plannedChanges);
        return after(customer, event, event.sequence(), changed.after(), event.recordedAt(), left);
    }

    private static PlannedChange planned(
            Event event,
            String changeId,
            PlannedChangeStatus status,
            StateValue change,
            boolean subordinateUpdated,
            Optional<String> notes) {
        return new PlannedChange(
                changeId,
                status,
                change,
                subordinateUpdated,
                notes,
                event.sequence(),
                event.recordedAt(),
                event.origin(),
                false);
    }

    private static Customer planned(Customer customer, Event event, PlannedChange planned) {
        List<PlannedChange> all = new ArrayList<>(customer.plannedChanges());
        all.add(planned);
        return planning(customer, event, event.sequence(), all);
    }

    private static Customer confirmed(Customer customer, Event event, ChangeConfirmed confirmed) {
        PlannedChange proposed = plannedChange(customer, event, confirmed.changeId());
        List<PlannedChange> all = without(customer, event, confirmed.changeId());
        all.add(planned(
                event,
                confirmed.changeId(),
                PlannedChangeStatus.SCHEDULED,
                confirmed.change(),
                confirmed.subordinateUpdated(),
                confirmed.notes().or(proposed::notes)));
        return planning(customer, event, event.sequence(), all);
    }

    private static Customer ended(Customer customer, Event event, String changeId) {
        return planning(customer, event, event.sequence(), without(customer, event, changeId));
    }

    private static Customer overdue(Customer customer, Event event, PendingOverdue overdue) {
        PlannedChange pending = plannedChange(customer, event, overdue.changeId());
        List<PlannedChange> all = without(customer, event, overdue.changeId());
        all.add(pending.toldOverdue());
        return planning(customer, event, customer.version(), all);
    }

    private static PlannedChange plannedChange(Customer customer, Event event, String changeId) {
        return customer.plannedChange(changeId)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Event " + event.eventId() + " speaks of " + changeId + ", which is not planned"));
    }

    /** A new list. */
    private static List<PlannedChange> without(Customer customer, Event event, String changeId) {
        List<PlannedChange> left = new ArrayList<>(customer.plannedChanges());
        left.remove(plannedChange(customer, event, changeId));
        return left;
    }

    private static Customer planning(Customer customer, Event event, long version, List<PlannedChange> planned) {
        return after(customer, event, version, customer.state(), customer.stateRecordedAt(), planned);
    }

    private static Customer after(
            Customer customer,
            Event event,
            long version,
            StateValue state,
            Instant stateRecordedAt,
            List<PlannedChange> planned) {
        return new Customer(
                customer.customerId(),
                customer.externalId(),
                version,
                event.sequence(),
                event.recordedAt(),
                state,
                stateRecordedAt,
                customer.registeredAt(),
                customer.attributes(),
                planned);
    }
}
