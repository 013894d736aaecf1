package dev.standing.domain.event;

import static dev.standing.domain.decision.Story.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.HierarchyChange.Put;
import dev.standing.domain.hierarchy.HierarchyChange.Remove;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.testing.HierarchyModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What events make of a hierarchy, and which events cannot follow. */
class HierarchyEvolutionTest {

    private static final SubordinateRef A = account("a");
    private static final SubordinateRef B = account("b");
    private static final SubordinateRef C = account("c");

    private final HierarchyModel hierarchy = new HierarchyModel();
    private long sequence = 10;

    @Test
    void aRegistrationPutsTheSubordinateAndGivesItsParentOneChildMore() {
        given(registered(A));

        assertThat(evolve(registered(B, A)))
                .containsExactly(put(A, Optional.empty(), 1, 11, 1), put(B, Optional.of(A), 2, 12, 0));
    }

    @Test
    void aRepeatedRegistrationKeepsTheChildrenAndLeavesTheParentAlone() {
        given(registered(A), registered(B, A), registered(C, B));

        assertThat(evolve(new SubordinateRegistered(B, Optional.of(A), CustomerState.BLOCKED, "fraud")))
                .containsExactly(new Put(new Subordinate(B, Optional.of(A), 2, CustomerState.BLOCKED, "fraud", 14, 1)));
    }

    @Test
    void aRemovalTakesTheSubordinateFromItsParent() {
        given(registered(A), registered(B, A));

        assertThat(evolve(new SubordinateRemoved(B)))
                .containsExactly(
                        new Remove(new Subordinate(B, Optional.of(A), 2, CustomerState.ACTIVE, "dfltActive", 12, 0)),
                        put(A, Optional.empty(), 1, 11, 0));
    }

    @Test
    void onlyTheLastThatHappensToASubordinateIsToldWithParentsBeforeChildren() {
        assertThat(evolve(registered(A), registered(B, A), registered(C, B), registered(B, A), registered(A)))
                .containsExactly(
                        put(A, Optional.empty(), 1, 15, 1),
                        put(B, Optional.of(A), 2, 14, 1),
                        put(C, Optional.of(B), 3, 13, 0));
    }

    @Test
    void whatIsRemovedIsToldWithChildrenBeforeParents() {
        given(registered(A), registered(B, A), registered(C, B));

        assertThat(evolve(new SubordinateRemoved(C), new SubordinateRemoved(B), new SubordinateRemoved(A)))
                .allMatch(Remove.class::isInstance)
                .extracting(change -> ((Remove) change).subordinate().ref())
                .containsExactly(C, B, A);
    }

    @Test
    void whatCameAndWentLeavesNoTrace() {
        given(registered(A));

        assertThat(evolve(registered(B, A), new SubordinateRemoved(B))).isEmpty();
    }

    @Test
    void whatIsRegisteredAnewInAnotherPlaceIsFirstRemovedFromItsFormerOne() {
        given(registered(A), registered(B, A));

        assertThat(evolve(new SubordinateRemoved(B), registered(B)))
                .startsWith(
                        new Remove(new Subordinate(B, Optional.of(A), 2, CustomerState.ACTIVE, "dfltActive", 12, 0)))
                .hasSize(3)
                .contains(put(A, Optional.empty(), 1, 11, 0), put(B, Optional.empty(), 1, 14, 0));
    }

    @Test
    void whatIsRegisteredAnewBeneathAParentThatMovedIsRemovedFromItsFormerPlaceToo() {
        given(registered(A), registered(B, A), registered(C, B));

        List<HierarchyChange> changes =
                evolve(new SubordinateRemoved(C), new SubordinateRemoved(B), registered(B), registered(C, B));

        assertThat(changes)
                .filteredOn(Remove.class::isInstance)
                .extracting(change -> ((Remove) change).subordinate().ref())
                .containsExactly(C, B);
        assertThat(changes)
                .filteredOn(Put.class::isInstance)
                .containsExactlyInAnyOrder(
                        put(A, Optional.empty(), 1, 11, 0),
                        put(B, Optional.empty(), 1, 16, 1),
                        put(C, Optional.of(B), 2, 17, 0));
    }

    @Test
    void whatIsRegisteredAnewInTheSamePlaceIsOnlyPut() {
        given(registered(A));

        assertThat(evolve(new SubordinateRemoved(A), registered(A)))
                .containsExactly(put(A, Optional.empty(), 1, 13, 0));
    }

    @Test
    void whatIsNotAboutSubordinatesChangesNothing() {
        StateValue state = new StateValue(CustomerState.ACTIVE, "dfltActive", Instant.EPOCH);
        given(registered(A));

        assertThat(evolve(
                        new StateChanged(state, state, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), true),
                        new CascadeCompleted(1, Optional.empty(), 1, 1)))
                .isEmpty();
    }

    @Test
    void aHierarchyIsEmptyAtFirst() {
        assertThat(Hierarchy.empty().find(A)).isEmpty();
    }

    @Test
    void aParentThatIsNotThereIsRefused() {
        assertRefused(registered(B, A));
        assertRefused(registered(A, A));
    }

    @Test
    void aParentThatChangedIsRefused() {
        given(registered(A), registered(B, A), registered(C));

        assertRefused(registered(B, C));
        assertRefused(registered(B));
        assertRefused(registered(C, A));
    }

    @Test
    void theRemovalOfWhatIsNotThereOrHasChildrenIsRefused() {
        given(registered(A), registered(B, A));

        assertRefused(new SubordinateRemoved(A));
        assertRefused(new SubordinateRemoved(C));
    }

    private void given(Fact... facts) {
        hierarchy.apply(evolve(facts));
    }

    private List<HierarchyChange> evolve(Fact... facts) {
        List<Event> events = new ArrayList<>();
        for (Fact fact : facts) {
            sequence++;
            events.add(new Event(
                    "c-1", sequence, Instant.EPOCH, new Origin("cmd", Optional.empty(), "crm"), "default-1", fact));
        }
        return HierarchyEvolution.evolve(hierarchy, events);
    }

    private void assertRefused(Fact fact) {
        assertThatIllegalArgumentException().isThrownBy(() -> evolve(fact)).withMessageContaining("c-1:" + sequence);
    }

    private static SubordinateRegistered registered(SubordinateRef ref) {
        return new SubordinateRegistered(ref, Optional.empty(), CustomerState.ACTIVE, "dfltActive");
    }

    private static SubordinateRegistered registered(SubordinateRef ref, SubordinateRef parent) {
        return new SubordinateRegistered(ref, Optional.of(parent), CustomerState.ACTIVE, "dfltActive");
    }

    private static Put put(
            SubordinateRef ref, Optional<SubordinateRef> parent, int depth, long registeredSequence, int children) {
        return new Put(
                new Subordinate(ref, parent, depth, CustomerState.ACTIVE, "dfltActive", registeredSequence, children));
    }
}
