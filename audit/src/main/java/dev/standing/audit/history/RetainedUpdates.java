package dev.standing.audit.history;

import dev.standing.audit.log.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Updates of subordinates that one change of state caused, as far as they are still there.
 *
 * @param count how many
 * @param first where the first lies
 * @param last where the last lies
 * @param listed all of them, if they were asked for
 */
public record RetainedUpdates(long count, Place first, Place last, List<LoggedUpdate> listed) {

    /** Keeps a view. */
    public RetainedUpdates {
        listed = Collections.unmodifiableList(listed);
    }

    /** Counts updates by the event that caused them. */
    public static final class Tally {

        private final boolean list;
        private final Map<Long, List<LoggedUpdate>> listed = new TreeMap<>();
        private final Map<Long, RetainedUpdates> byCause = new TreeMap<>();

        /**
         * None so far.
         *
         * @param list whether all of them are kept
         */
        public Tally(boolean list) {
            this.list = list;
        }

        /** Counts one more, in the order of the log. */
        public void add(LoggedUpdate update) {
            long cause = update.update().getCauseSequence();
            List<LoggedUpdate> all = listed.computeIfAbsent(cause, sequence -> new ArrayList<>());
            if (list) {
                all.add(update);
            }
            Place place = update.place();
            byCause.merge(
                    cause,
                    new RetainedUpdates(1, place, place, all),
                    (before, one) -> new RetainedUpdates(before.count() + 1, before.first(), place, all));
        }

        /** Those that an event caused; empty: none is there. */
        public Optional<RetainedUpdates> causedBy(long sequence) {
            return Optional.ofNullable(byCause.get(sequence));
        }
    }
}
