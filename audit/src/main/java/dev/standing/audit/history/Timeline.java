package dev.standing.audit.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.history.KeyedRecord.Unreadable;
import dev.standing.audit.history.TimelineEntry.Downstream;
import dev.standing.audit.history.TimelineEntry.Link;
import dev.standing.audit.history.TimelineEntry.OfBytes;
import dev.standing.audit.history.TimelineEntry.OfEvent;
import dev.standing.audit.history.TimelineEntry.OfRequest;
import dev.standing.audit.history.TimelineEntry.Step;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.UnknownSymbolException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The life of one customer, from what lies in the topics about it. It holds all of that in memory: one customer's. A record
 * that does not follow the events before it is among the entries, and changes nothing else.
 *
 * @param customerId the customer
 * @param externalId its other id, if it has one
 * @param entries in their order
 * @param state where the customer stood after the last event that follows; empty: no event says so
 * @param lastSequence the sequence of the last event that was read and follows; 0: none was
 */
public record Timeline(
        String customerId,
        Optional<String> externalId,
        List<TimelineEntry> entries,
        Optional<StateValue> state,
        long lastSequence) {

    /** Keeps a copy. */
    public Timeline {
        entries = List.copyOf(entries);
    }

    /**
     * Puts a life together.
     *
     * @param records all that lies under the customer's key in the events topic, from the first record on
     * @param begin the first offset whose event is shown
     * @param results the results of its commands, in their order; those that are not shown are passed over
     * @param updates of its subordinates
     */
    public static Timeline of(
            String customerId,
            List<KeyedRecord> records,
            long begin,
            List<LoggedResult> results,
            RetainedUpdates.Tally updates) {
        return of(customerId, records, begin, false, results, updates);
    }

    /**
     * Puts a life together.
     *
     * @param records what lies under the customer's key in the events topic, from the first record on
     * @param begin the first offset whose event is shown
     * @param endsEarly whether a range ended before the end of the topic: requests behind the last event may lie outside
     * @param results the results of its commands, in their order; those that are not shown are passed over
     * @param updates of its subordinates
     */
    public static Timeline of(
            String customerId,
            List<KeyedRecord> records,
            long begin,
            boolean endsEarly,
            List<LoggedResult> results,
            RetainedUpdates.Tally updates) {
        return new Making(customerId, begin, endsEarly, updates).make(records, results);
    }

    /** Whether every record is an event that follows the one before it. */
    public boolean isWhole() {
        return broken() == 0;
    }

    /** How many of the records that are shown do not follow. */
    public long broken() {
        return entries.stream()
                .filter(entry -> entry instanceof OfBytes
                        || (entry instanceof OfEvent event && event.problem().isPresent()))
                .count();
    }

    /** For people, in lines of 100 columns. */
    public List<String> text() {
        return new TimelineText(this).lines();
    }

    /** For machines. */
    public ObjectNode json() {
        return TimelineJson.of(this);
    }

    /** How many entries there are of a kind. */
    public long count(Class<? extends TimelineEntry> kind) {
        return entries.stream().filter(kind::isInstance).count();
    }

    /** What is known of the records while they become entries. */
    private static final class Making {

        private final String customerId;
        private final long begin;
        private final boolean endsEarly;
        private final RetainedUpdates.Tally updates;
        private final Map<String, List<Link>> plans = new TreeMap<>();
        private final Map<Long, Event> completions = new TreeMap<>();
        private final List<TimelineEntry> entries = new ArrayList<>();
        private Optional<ChainEnd> end = Optional.empty();
        private Optional<String> externalId = Optional.empty();
        private Optional<StateValue> state = Optional.empty();

        Making(String customerId, long begin, boolean endsEarly, RetainedUpdates.Tally updates) {
            this.customerId = customerId;
            this.begin = begin;
            this.endsEarly = endsEarly;
            this.updates = updates;
        }

        Timeline make(List<KeyedRecord> records, List<LoggedResult> results) {
            List<Optional<String>> problems = records.stream().map(this::follow).toList();
            Iterator<OfRequest> requests = requests(results).iterator();
            Optional<OfRequest> next = take(requests);
            boolean showsAll =
                    records.stream().allMatch(record -> record.place().offset() >= begin);
            for (int i = 0; i < records.size(); i++) {
                KeyedRecord record = records.get(i);
                boolean isShown = record.place().offset() >= begin;
                // What was decided before this event lies behind the one before it.
                while (next.isPresent() && problems.get(i).isEmpty() && isBefore(next.get(), record)) {
                    boolean follows = next.get().afterSequence() == 0 ? showsAll : !entries.isEmpty();
                    next.filter(request -> follows).ifPresent(entries::add);
                    next = take(requests);
                }
                if (isShown) {
                    entries.add(entry(record, problems.get(i)));
                }
            }
            while (next.isPresent() && !endsEarly) {
                next.filter(request -> !entries.isEmpty() || showsAll).ifPresent(entries::add);
                next = take(requests);
            }
            return new Timeline(
                    customerId,
                    externalId,
                    entries,
                    state,
                    end.map(ChainEnd::sequence).orElse(0L));
        }

        private static Optional<OfRequest> take(Iterator<OfRequest> requests) {
            return requests.hasNext() ? Optional.of(requests.next()) : Optional.empty();
        }

        private static boolean isBefore(OfRequest request, KeyedRecord record) {
            return record instanceof Decoded decoded
                    && request.afterSequence() < decoded.event().event().getSequence();
        }

        private static List<OfRequest> requests(List<LoggedResult> results) {
            List<OfRequest> requests = new ArrayList<>();
            long sequence = 0;
            for (LoggedResult logged : results) {
                CommandResult result = logged.result();
                if (!result.getReplayed()) {
                    sequence = Math.max(
                            sequence,
                            result.getCustomer().map(Customer::getSequence).orElse(0L));
                }
                if (result.getReplayed()
                        || result.getStatus() == ResultStatus.REJECTED
                        || result.getStatus() == ResultStatus.UNCHANGED) {
                    requests.add(new OfRequest(logged, sequence));
                }
            }
            return requests;
        }

        /** Why a record does not follow those before it; empty: it does, and other entries may tell of it. */
        private Optional<String> follow(KeyedRecord record) {
            if (record instanceof Unreadable unreadable) {
                return Optional.of(unreadable.why());
            }
            LoggedEvent logged = ((Decoded) record).event();
            Optional<String> problem = ChainEnd.problem(end, customerId, logged);
            if (problem.isEmpty()) {
                end = Optional.of(ChainEnd.of(logged));
                domain(logged.event()).ifPresent(this::follow);
            }
            return problem;
        }

        private TimelineEntry entry(KeyedRecord record, Optional<String> problem) {
            if (record instanceof Unreadable unreadable) {
                return new OfBytes(unreadable.place(), unreadable.why());
            }
            LoggedEvent logged = ((Decoded) record).event();
            Optional<Event> event = domain(logged.event());
            Optional<Event> chained = event.filter(known -> problem.isEmpty());
            return new OfEvent(
                    logged,
                    event,
                    problem,
                    chained.map(this::links).orElse(List.of()),
                    chained.flatMap(this::downstream));
        }

        private static Optional<Event> domain(CustomerEvent event) {
            try {
                return Optional.of(EventMapping.toDomain(event));
            } catch (UnknownSymbolException e) {
                return Optional.empty();
            }
        }

        private void follow(Event event) {
            Fact fact = event.fact();
            plan(fact)
                    .ifPresent(changeId -> plans.computeIfAbsent(changeId, id -> new ArrayList<>())
                            .add(new Link(what(fact), event.sequence())));
            if (fact instanceof CascadeCompleted completed) {
                completions.put(completed.causeSequence(), event);
            } else if (fact instanceof CustomerRegistered registered) {
                externalId = registered.externalId();
                state = Optional.of(registered.state());
            } else if (fact instanceof StateChanged changed) {
                state = Optional.of(changed.after());
            }
        }

        /** The other events about the same planned change. */
        private List<Link> links(Event event) {
            return plan(event.fact())
                    .map(changeId -> plans.getOrDefault(changeId, List.of()).stream()
                            .filter(link -> link.sequence() != event.sequence())
                            .toList())
                    .orElse(List.of());
        }

        private Optional<Downstream> downstream(Event event) {
            if (!(event.fact() instanceof StateChanged changed) || !changed.cascade()) {
                return Optional.empty();
            }
            Optional<Event> completion = Optional.ofNullable(completions.get(event.sequence()));
            return Optional.of(new Downstream(
                    completion.map(Event::sequence),
                    completion.map(Event::fact).map(CascadeCompleted.class::cast),
                    updates.causedBy(event.sequence())));
        }
    }

    /** The planned change that a fact is about. */
    static Optional<String> plan(Fact fact) {
        if (fact instanceof StateChanged changed) {
            return changed.changeId();
        }
        if (fact instanceof ChangeScheduled scheduled) {
            return Optional.of(scheduled.changeId());
        }
        if (fact instanceof ChangeProposed proposed) {
            return Optional.of(proposed.changeId());
        }
        if (fact instanceof ChangeConfirmed confirmed) {
            return Optional.of(confirmed.changeId());
        }
        if (fact instanceof ChangeCancelled cancelled) {
            return Optional.of(cancelled.changeId());
        }
        if (fact instanceof ChangeFailed failed) {
            return Optional.of(failed.changeId());
        }
        return fact instanceof PendingOverdue overdue ? Optional.of(overdue.changeId()) : Optional.empty();
    }

    /** What a fact does to the planned change that it is about. */
    private static Step what(Fact fact) {
        if (fact instanceof ChangeScheduled) {
            return Step.SCHEDULED;
        }
        if (fact instanceof ChangeProposed) {
            return Step.PROPOSED;
        }
        if (fact instanceof ChangeConfirmed) {
            return Step.CONFIRMED;
        }
        if (fact instanceof ChangeCancelled) {
            return Step.CANCELLED;
        }
        if (fact instanceof ChangeFailed) {
            return Step.FAILED;
        }
        return fact instanceof PendingOverdue ? Step.OVERDUE : Step.APPLIED;
    }
}
