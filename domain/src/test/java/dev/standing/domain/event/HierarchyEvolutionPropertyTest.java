package dev.standing.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Rejection;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Story;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.HierarchyModel;
import dev.standing.domain.testing.NamedPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds of a hierarchy after whatever commands ({@code semantics.md} section 2). */
class HierarchyEvolutionPropertyTest {

    private static final int TRIES = 400;
    private static final int LONGEST = 60;
    private static final CommandSequences SEQUENCES =
            new CommandSequences(List.of(Story.CUSTOMER), Story.NOON, true).withSubordinates();

    @Property(tries = TRIES)
    void parentsExistAndMayBeParentsAndDepthsAndChildrenAreRight(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = Story.under(policy.policy());
        for (Step step : SEQUENCES.steps(seed, length)) {
            story.later(step.advance()).decide(step.command());

            assertSound(story.hierarchy());
        }
    }

    private static void assertSound(HierarchyModel hierarchy) {
        List<Subordinate> all = hierarchy.all();
        for (Subordinate subordinate : all) {
            Optional<Subordinate> parent = subordinate
                    .parent()
                    .map(ref ->
                            hierarchy.find(ref).orElseThrow(() -> new AssertionError(subordinate + " is an orphan")));
            assertThat(subordinate.depth())
                    .as("depth of %s", subordinate)
                    .isEqualTo(parent.map(Subordinate::depth).orElse(0) + 1);
            assertThat(subordinate
                            .ref()
                            .type()
                            .mayBelongTo(parent.map(of -> of.ref().type())))
                    .as("%s beneath %s", subordinate, parent)
                    .isTrue();
            assertThat(subordinate.children()).as("children of %s", subordinate).isEqualTo((int) all.stream()
                    .filter(other -> other.parent().equals(Optional.of(subordinate.ref())))
                    .count());
        }
    }

    @Property(tries = TRIES)
    void theWholeLogGivesTheSameHierarchyAsItsPartsAndWhatItsLastEventsSay(
            @ForAll NamedPolicy policy, @ForAll long seed, @ForAll @IntRange(max = LONGEST) int length) {
        Story story = Story.under(policy.policy());
        for (Step step : SEQUENCES.steps(seed, length)) {
            story.later(step.advance()).decide(step.command());
        }

        HierarchyModel folded = new HierarchyModel();
        folded.apply(HierarchyEvolution.evolve(Hierarchy.empty(), story.events()));

        assertThat(folded.all()).isEqualTo(story.hierarchy().all());
        assertThat(folded.all())
                .extracting(Subordinate::registeredSequence)
                .containsExactlyInAnyOrderElementsOf(lastRegistrations(story.events()));
    }

    private static List<Long> lastRegistrations(List<Event> events) {
        Map<SubordinateRef, Long> last = new HashMap<>();
        for (Event event : events) {
            if (event.fact() instanceof SubordinateRegistered registered) {
                last.put(registered.ref(), event.sequence());
            } else if (event.fact() instanceof SubordinateRemoved removed) {
                last.remove(removed.ref());
            }
        }
        return List.copyOf(last.values());
    }

    /** Otherwise the properties would hold of too little. */
    @Test
    void randomCommandsMeetEveryRule() {
        Story story = Story.underDefault();
        List<String> messages = new ArrayList<>();
        for (long seed = 1; seed <= 100; seed++) {
            Story told = Story.underDefault();
            for (Step step : SEQUENCES.steps(seed, LONGEST)) {
                if (told.later(step.advance()).decide(step.command()) instanceof Decided decided) {
                    decided.outcome().rejection().map(Rejection::message).ifPresent(messages::add);
                }
            }
            story = told.hierarchy().all().size() > story.hierarchy().all().size() ? told : story;
        }

        for (String rule : List.of(
                "has no reason",
                "would be its own parent",
                "never changes",
                "does not allow the parent",
                "comes later and belongs to it",
                "does not exist",
                "is DEACTIVATED",
                "has children",
                "The customer has no ACCOUNT")) {
            assertThat(messages).anyMatch(message -> message.contains(rule));
        }
        assertThat(story.hierarchy().all()).extracting(Subordinate::depth).contains(1, 2, 3);
    }
}
