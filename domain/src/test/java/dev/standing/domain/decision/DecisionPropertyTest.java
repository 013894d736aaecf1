package dev.standing.domain.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Decision.Replayed;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds after whatever commands, at whatever times, under whatever policy ({@code semantics.md} sections 4 to 6). */
class DecisionPropertyTest {

    private static final int TRIES = 400;
    private static final int LONGEST = 60;

    @Property(tries = TRIES)
    void foldingTheEventsGivesTheCustomerThatWasDecidedOn(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = Story.under(policy.policy());
        for (Step step : steps(seed, length, true)) {
            Decision decision = story.later(step.advance()).decide(step.command());

            Optional<Customer> folded = CustomerEvolution.evolve(Optional.empty(), story.events());
            assertThat(folded).isEqualTo(story.found());
            if (decision instanceof Decided decided) {
                assertThat(decided.outcome().customer()).isEqualTo(folded);
            }
        }
    }

    @Property(tries = TRIES)
    void sequencesHaveNoGapAndTimesNeverRunBackwards(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        List<Event> events = told(policy, seed, length, true).events();

        Instant last = Instant.MIN;
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).sequence()).isEqualTo(i + 1);
            assertThat(events.get(i).recordedAt()).isAfterOrEqualTo(last);
            last = events.get(i).recordedAt();
        }
    }

    @Property(tries = TRIES)
    void noMoreIsPlannedThanThePolicyAllowsAndAtMostOneChangeIsPending(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = Story.under(policy.policy());
        for (Step step : steps(seed, length, true)) {
            story.later(step.advance()).decide(step.command());

            List<PlannedChange> planned =
                    story.found().map(Customer::plannedChanges).orElse(List.of());
            assertThat(planned)
                    .hasSizeLessThanOrEqualTo(policy.policy().planning().maxPlannedChanges());
            assertThat(planned.stream().filter(PlannedChange::isPending).count())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = TRIES)
    void everyChangeOfStateIsATransitionThatThePolicyAllowsAndNothingLeavesATerminalState(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = told(policy, seed, length, true);

        for (Fact fact : story.facts()) {
            if (fact instanceof StateChanged changed) {
                var before = policy.policy().of(changed.before().state());
                assertThat(before.terminal()).isFalse();
                assertThat(changed.after().state())
                        .matches(after -> after == changed.before().state()
                                || before.transitions().contains(after));
            }
        }
        story.found()
                .filter(customer -> policy.policy().of(customer.state().state()).terminal())
                .ifPresent(customer -> assertThat(customer.plannedChanges()).isEmpty());
    }

    @Property(tries = TRIES)
    void everyPlannedChangeEndsAtMostOnceAndIsStillPlannedUntilItDoes(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = told(policy, seed, length, true);

        List<String> planned = new ArrayList<>();
        for (Fact fact : story.facts()) {
            if (fact instanceof Fact.ChangeScheduled scheduled) {
                planned.add(scheduled.changeId());
            } else if (fact instanceof Fact.ChangeProposed proposed) {
                planned.add(proposed.changeId());
            } else {
                ended(fact)
                        .ifPresent(changeId -> assertThat(planned.remove(changeId))
                                .as(changeId)
                                .isTrue());
            }
        }
        assertThat(story.found().map(Customer::plannedChanges).orElse(List.of()))
                .extracting(PlannedChange::changeId)
                .containsExactlyInAnyOrderElementsOf(planned);
    }

    private static Optional<String> ended(Fact fact) {
        if (fact instanceof StateChanged changed) {
            return changed.changeId();
        }
        if (fact instanceof Fact.ChangeCancelled cancelled) {
            return Optional.of(cancelled.changeId());
        }
        return fact instanceof Fact.ChangeFailed failed ? Optional.of(failed.changeId()) : Optional.empty();
    }

    @Property(tries = TRIES)
    void aRequestThatWasSeenBeforeAddsNoEvent(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = Story.under(policy.policy());
        Map<RequestKey, byte[]> seen = new HashMap<>();
        for (Step step : steps(seed, length, true)) {
            Command command = step.command();
            byte[] content = CommandContent.digest(command);
            List<Event> before = List.copyOf(story.events());

            Decision decision = story.later(step.advance()).decide(command);

            byte[] earlier = seen.putIfAbsent(RequestKey.of(command), content);
            if (earlier != null) {
                assertThat(story.events()).isEqualTo(before);
                assertThat(decision instanceof Replayed).isEqualTo(Arrays.equals(earlier, content));
            }
        }
    }

    /** A command that was rejected adds nothing but what was due anyway. */
    @Property(tries = TRIES)
    void aRejectionChangesNothingOfItsOwn(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Settlement settlement = new Settlement(policy.policy());
        Story story = Story.under(policy.policy());
        for (Step step : steps(seed, length, true)) {
            story.later(step.advance());
            List<Event> due = story.found()
                    .map(customer -> settlement.settle(customer, story.clock()))
                    .orElse(List.of());
            List<Event> before = List.copyOf(story.events());

            Decision decision = story.decide(step.command());

            if (decision instanceof Decided decided
                    && decided.outcome().status() == OutcomeStatus.REJECTED
                    && decided.remembered()) {
                assertThat(story.events().subList(before.size(), story.events().size()))
                        .isEqualTo(due);
            }
        }
    }

    /**
     * Here the clock does not run backwards: what punctuation has settled by a later time stays settled, and a command
     * at an earlier time would come after it.
     */
    @Property(tries = TRIES)
    void whenPunctuationRunsDoesNotChangeTheOutcome(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story undisturbed = Story.under(policy.policy());
        Story punctuated = Story.under(policy.policy());
        Random random = new Random(seed);
        for (Step step : steps(seed, length, false)) {
            Decision without = undisturbed.later(step.advance()).decide(step.command());
            Decision with = settledAtRandom(punctuated, random, step.advance()).decide(step.command());

            assertThat(answer(with)).isEqualTo(answer(without));
        }
        settleIfRegistered(undisturbed.later(Duration.ofDays(1)));
        settleIfRegistered(punctuated.later(Duration.ofDays(1)));
        assertThat(timeless(punctuated.events())).isEqualTo(timeless(undisturbed.events()));
    }

    /** On the way to the time of the next command, punctuation runs up to three times. */
    private static Story settledAtRandom(Story story, Random random, Duration advance) {
        Duration done = Duration.ZERO;
        for (int runs = random.nextInt(4); runs > 0; runs--) {
            Duration part =
                    Duration.ofMillis(random.nextLong(advance.minus(done).toMillis() + 1));
            done = done.plus(part);
            settleIfRegistered(story.later(part));
        }
        return story.later(advance.minus(done));
    }

    private static void settleIfRegistered(Story story) {
        if (story.found().isPresent()) {
            story.settle();
        }
    }

    /** A reused id is answered without settling, so that the customer beside that answer may be told early or late. */
    private static List<Object> answer(Decision decision) {
        if (!(decision instanceof Decided decided)) {
            return List.of(decision);
        }
        Outcome outcome = decided.outcome();
        Optional<Customer> customer = outcome.customer().filter(any -> decided.remembered());
        return List.of(
                outcome.status(),
                outcome.rejection(),
                outcome.decidedAt(),
                customer.map(Customer::version),
                customer.map(Customer::state),
                customer.map(Customer::plannedChanges).map(DecisionPropertyTest::ids));
    }

    private static List<String> ids(List<PlannedChange> planned) {
        return planned.stream().map(PlannedChange::changeId).toList();
    }

    private static List<Event> timeless(List<Event> events) {
        return events.stream()
                .map(event -> new Event(
                        event.customerId(),
                        event.sequence(),
                        Instant.EPOCH,
                        event.origin(),
                        event.policyVersion(),
                        event.fact()))
                .toList();
    }

    private static Story told(NamedPolicy policy, long seed, int length, boolean clockMayRunBackwards) {
        Story story = Story.under(policy.policy());
        for (Step step : steps(seed, length, clockMayRunBackwards)) {
            story.later(step.advance()).decide(step.command());
        }
        return story;
    }

    private static List<Step> steps(long seed, int length, boolean clockMayRunBackwards) {
        return new CommandSequences(List.of(Story.CUSTOMER), Story.NOON, clockMayRunBackwards)
                .withSubordinates()
                .steps(seed, length);
    }
}
