package dev.standing.processor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of planned changes, by the events: each ends at most once, and not before its time. For one thread. */
public final class LivesOfPlans {

    private final Map<String, Instant> dates = new HashMap<>();
    private final Map<String, Instant> proposed = new HashMap<>();
    private final List<String> overdue = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private int due;

    /** Takes the next event of its customer. */
    public void add(Event event) {
        Fact fact = event.fact();
        if (fact instanceof ChangeScheduled scheduled) {
            dates.put(scheduled.changeId(), scheduled.change().validFrom());
        } else if (fact instanceof ChangeProposed proposal) {
            proposed.put(proposal.changeId(), proposal.change().validFrom());
        } else if (fact instanceof ChangeConfirmed confirmed) {
            proposed.remove(confirmed.changeId());
            dates.put(confirmed.changeId(), confirmed.change().validFrom());
        } else if (fact instanceof PendingOverdue notice) {
            assertNotEarly(event, proposed.get(notice.changeId()));
            overdue.add(notice.changeId());
        } else if (fact instanceof StateChanged changed && changed.changeId().isPresent()) {
            if (changed.cause() == ChangeCause.DUE) {
                assertNotEarly(event, dates.get(changed.changeId().get()));
                due++;
            }
            ended.add(changed.changeId().get());
        } else if (fact instanceof ChangeFailed failed) {
            assertNotEarly(event, dates.get(failed.changeId()));
            ended.add(failed.changeId());
        } else if (fact instanceof ChangeCancelled cancelled) {
            proposed.remove(cancelled.changeId());
            ended.add(cancelled.changeId());
        }
    }

    private static void assertNotEarly(Event event, Instant date) {
        assertThat(event.recordedAt())
                .as("when %s was recorded", event.eventId())
                .isAfterOrEqualTo(date);
    }

    /** How many were applied because their time had come. */
    public int due() {
        return due;
    }

    /** Each has ended once, if its date has passed; one that nobody confirmed was told to be overdue, once. */
    public void assertNothingIsForgottenOrDoneTwice(Instant now) {
        assertThat(ended).doesNotHaveDuplicates().containsAll(passed(dates, now));
        assertThat(overdue).doesNotHaveDuplicates().containsAll(passed(proposed, now));
    }

    private static Set<String> passed(Map<String, Instant> dates, Instant now) {
        Map<String, Instant> passed = new HashMap<>(dates);
        passed.values().removeIf(date -> date.isAfter(now));
        return passed.keySet();
    }
}
