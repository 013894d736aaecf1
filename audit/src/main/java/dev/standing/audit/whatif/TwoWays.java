package dev.standing.audit.whatif;

import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How things went for one customer, and how they would have gone. As long as both are the same, only one of them is kept.
 */
final class TwoWays {

    /** How many differing commands of one customer are listed. */
    static final int MOST_LISTED = 20;

    /** The id of a change that never was. */
    private static final int NO_SEQUENCE = 0;

    final String customerId;
    private final BiFunction<Situation, Instant, List<Event>> settlement;

    /** The sequence of the last event that was read. */
    long read;

    Situation recorded = Situation.NONE;
    Optional<Situation> otherwise = Optional.empty();
    boolean started;
    Optional<String> stopped = Optional.empty();
    Cause last = Cause.COMMAND;
    Optional<Instant> settledAt = Optional.empty();
    /** What a change would be called that is called otherwise in the record. */
    final Map<String, String> changeIds = new HashMap<>();
    /** What commands would have been answered, if not what they were answered. */
    final Map<String, String> answers = new HashMap<>();

    final List<DifferingCommand> listed = new ArrayList<>();
    long differing;
    long untold;

    /** @param settlement what time brings about under the other policy */
    TwoWays(String customerId, BiFunction<Situation, Instant, List<Event>> settlement) {
        this.customerId = customerId;
        this.settlement = settlement;
    }

    /** How it would have gone. */
    Situation would() {
        return otherwise.orElse(recorded);
    }

    /** Nothing can be told from here on. */
    void stop(String why) {
        stopped = Optional.of(why);
    }

    /**
     * The next event, which comes of no command that is decided again.
     *
     * @throws IllegalArgumentException if it cannot have happened
     */
    void recorded(Event event) {
        if (stopped.isPresent()) {
            return;
        }
        Cause cause = Cause.of(event, last);
        last = cause;
        if (started && cause == Cause.TIME && !settledAt.equals(Optional.of(event.recordedAt()))) {
            // All events of one moment come of one settling.
            Situation before = would();
            otherwise = Optional.of(before.after(settlement.apply(before, event.recordedAt())));
        }
        settledAt = cause == Cause.TIME ? Optional.of(event.recordedAt()) : Optional.empty();
        if (cause == Cause.COMMAND && started) {
            meet();
            if (otherwise.isPresent()) {
                stop("a command was decided that cannot be decided again");
                return;
            }
        }
        recorded = recorded.after(List.of(event));
    }

    /** Forgets one of both if all that is to come is the same for them. */
    void meet() {
        if (otherwise.isPresent() && otherwise.get().leadsToTheSameAs(recorded)) {
            otherwise = Optional.empty();
            changeIds.clear();
        }
    }

    /** A command was decided: these events came of it, and those would have come of it. */
    void decided(List<Event> were, List<Event> would) {
        Situation after = would().after(would);
        recorded = recorded.after(were);
        otherwise = Optional.of(after);
        List<String> known = planned(were);
        List<String> others = planned(would);
        for (int i = 0; i < known.size(); i++) {
            changeIds.put(known.get(i), i < others.size() ? others.get(i) : noChange());
        }
        last = Cause.COMMAND;
        settledAt = Optional.empty();
        meet();
    }

    private static List<String> planned(List<Event> events) {
        return events.stream()
                .filter(event -> event.fact() instanceof ChangeScheduled || event.fact() instanceof ChangeProposed)
                .map(Event::eventId)
                .toList();
    }

    private String noChange() {
        return Event.idOf(customerId, NO_SEQUENCE);
    }

    /** What a change that a command names would be called. */
    String changeId(String named) {
        if (otherwise.isEmpty()) {
            return named;
        }
        String known = changeIds.get(named);
        if (known != null) {
            return known;
        }
        // By chance, another change could have the name that somebody gave for one that never was.
        return changeIds.containsValue(named) ? noChange() : named;
    }

    /** The answer to a command would have been another. */
    void differs(DifferingCommand command) {
        differing++;
        if (listed.size() < MOST_LISTED) {
            listed.add(command);
        }
    }
}
