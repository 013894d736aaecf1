package dev.standing.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.decision.Story;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every as-of answer against the rule of {@code semantics.md} section 5, written down as it stands there. */
class AsOfPropertyTest {

    private static final int QUESTIONS = 15;

    @Property(tries = 300)
    void everyAnswerFollowsFromTheOneRule(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = 60) int length) {
        Story story = Story.under(policy.policy());
        CommandSequences sequences = new CommandSequences(List.of(Story.CUSTOMER), Story.NOON, true);
        for (Step step : sequences.steps(seed, length)) {
            story.later(step.advance()).decide(step.command());
        }
        AsOf asOf = new AsOf(policy.policy());
        Random random = new Random(seed);

        for (int i = 0; i < QUESTIONS; i++) {
            PointInTime point = new PointInTime(instant(random, story), instant(random, story));

            Optional<StateValue> answer =
                    asOf.at(point, story.events().iterator(), story.clock()).map(Standing::state);

            assertThat(answer).as("%s at %s", point, story.clock()).isEqualTo(rule(policy, story, point));
        }
    }

    /** Sometimes none; otherwise on the grid of the commands' dates, before, among and after them. */
    private static Optional<Instant> instant(Random random, Story story) {
        return random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(story.clock().plus(Duration.ofMinutes(30).multipliedBy(random.nextInt(80) - 65)));
    }

    private static Optional<StateValue> rule(NamedPolicy policy, Story story, PointInTime point) {
        List<Event> events = new ArrayList<>(story.events());
        Optional<Customer> customer = story.found();
        if (point.knownAt().isEmpty() || !point.knownAt().get().isBefore(story.clock())) {
            customer.ifPresent(found -> events.addAll(new Settlement(policy.policy()).settle(found, story.clock())));
        }
        Instant knownAt = point.knownAt().orElse(Instant.MAX);
        Instant validAt = point.validAt().orElse(Instant.MAX);
        return events.stream()
                .filter(event -> !event.recordedAt().isAfter(knownAt))
                .map(Event::fact)
                .flatMap(fact -> state(fact).stream())
                .filter(state -> !state.validFrom().isAfter(validAt))
                .reduce((earlier, later) -> later);
    }

    private static Optional<StateValue> state(Fact fact) {
        if (fact instanceof CustomerRegistered registered) {
            return Optional.of(registered.state());
        }
        return fact instanceof StateChanged changed ? Optional.of(changed.after()) : Optional.empty();
    }
}
