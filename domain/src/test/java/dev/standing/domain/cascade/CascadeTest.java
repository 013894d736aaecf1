package dev.standing.domain.cascade;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.account;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.item;
import static dev.standing.domain.decision.Story.register;
import static dev.standing.domain.decision.Story.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Story;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code semantics.md} section 7: what a cascade reaches, and how it ends. */
class CascadeTest {

    private static final Policy POLICY = PolicyFile.packagedDefault();
    private static final SubordinateRef A = account("a");
    private static final StateValue SUSPENDED = new StateValue(CustomerState.SUSPENDED, "fraud", NOON);
    private static final Cascade CASCADE = cascade("c-1", 7);

    private final Story story = Story.under(POLICY).registered();

    @Test
    void aChangeThatIsToReachSubordinatesStartsACascadeWhenItIsApplied() {
        List<Event> events =
                story.decided(suspension(Optional.of(NOON.minusSeconds(1)))).events();

        assertThat(Cascade.startedBy(events))
                .containsExactly(new Cascade(
                        Story.CUSTOMER,
                        2,
                        Optional.empty(),
                        new StateValue(CustomerState.SUSPENDED, "fraud", NOON.minusSeconds(1)),
                        events.get(0).origin()));
    }

    @Test
    void aChangeThatIsNotToReachSubordinatesStartsNone() {
        assertThat(Cascade.startedBy(
                        story.decided(change(CustomerState.SUSPENDED, "fraud")).events()))
                .isEmpty();
        assertThat(Cascade.startedBy(story.decided(register(item(A))).events())).isEmpty();
    }

    @Test
    void aScheduledChangeStartsItsCascadeWhenItIsDueAndNamesItself() {
        List<Event> scheduled =
                story.decided(suspension(Optional.of(NOON.plusSeconds(1)))).events();
        assertThat(Cascade.startedBy(scheduled)).isEmpty();

        Cascade started =
                Cascade.startedBy(story.later(Duration.ofHours(1)).settle()).get(0);

        assertThat(started.changeId()).contains(Story.CUSTOMER + ":2");
        assertThat(started.causeSequence()).isEqualTo(3);
        assertThat(started.origin()).isEqualTo(scheduled.get(0).origin());
    }

    @Test
    void aPendingChangeStartsItsCascadeWhenItIsConfirmed() {
        story.given(new ProposeChange(
                CustomerState.SUSPENDED, new ReasonChoice.Named("fraud"), NOON.plusSeconds(1), true, Optional.empty()));

        List<Event> confirmed =
                story.decided(confirm(CustomerState.SUSPENDED, "fraud", NOON)).events();

        assertThat(Cascade.startedBy(confirmed))
                .extracting(Cascade::causeSequence)
                .containsExactly(4L);
    }

    @Test
    void cascadesStartInTheOrderOfTheirChanges() {
        story.given(suspension(Optional.of(NOON.plusSeconds(2)))).given(suspension(Optional.of(NOON.plusSeconds(1))));

        assertThat(Cascade.startedBy(story.later(Duration.ofHours(1)).settle()))
                .extracting(cascade -> cascade.state().validFrom())
                .containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(2));
    }

    @ParameterizedTest(name = "{0} because of {1}, registered at {2}: {3}")
    @CsvSource({
        "ACTIVE,dfltActive,6,UPDATED",
        "SUSPENDED,nonPayment,6,UPDATED",
        "BLOCKED,fraud,6,UPDATED",
        "BLACKLISTED,dfltBlacklisted,6,UPDATED",
        "SUSPENDED,fraud,6,SKIPPED",
        "DEACTIVATED,dfltDeactivated,6,SKIPPED",
        "ACTIVE,dfltActive,8,NOT_COVERED",
        "SUSPENDED,fraud,8,NOT_COVERED",
        "DEACTIVATED,dfltDeactivated,8,NOT_COVERED"
    })
    void aCascadeReachesWhatWasRegisteredBeforeItsChangeAndDiffersFromIt(
            CustomerState state, String reason, long registered, Reach reach) {
        assertThat(CASCADE.reach(new Subordinate(A, Optional.empty(), 1, state, reason, registered, 0)))
                .isEqualTo(reach);
    }

    @Test
    void whatACascadeReachedIsCoveredByTheNextOne() {
        Subordinate updated = subordinate(A).withState(CustomerState.SUSPENDED, "fraud");

        assertThat(CASCADE.reach(updated)).isEqualTo(Reach.SKIPPED);
        assertThat(new Cascade(
                                "c-1",
                                8,
                                Optional.empty(),
                                new StateValue(CustomerState.ACTIVE, "dfltActive", NOON),
                                CASCADE.origin())
                        .reach(updated))
                .isEqualTo(Reach.UPDATED);
    }

    @Test
    void anUpdateIsNamedAfterTheChangeAndTheSubordinate() {
        assertThat(CASCADE.causeEventId()).isEqualTo("c-1:7");
        assertThat(CASCADE.updateId(subordinate(A))).isEqualTo("c-1:7/ACCOUNT/a");
        assertThat(CASCADE.updateId(subordinate(account("aZ09-._~")))).isEqualTo("c-1:7/ACCOUNT/aZ09-._~");
        assertThat(CASCADE.updateId(subordinate(account("a/%b é😀"))))
                .isEqualTo("c-1:7/ACCOUNT/a%2F%25b%20%C3%A9%F0%9F%98%80");
        assertThat(CASCADE.updateId(subordinate(account("@[`{:")))).isEqualTo("c-1:7/ACCOUNT/%40%5B%60%7B%3A");
    }

    @Test
    void noTwoUpdatesHaveTheSameId() {
        assertThat(Stream.of(
                        CASCADE.updateId(subordinate(account("a"))),
                        CASCADE.updateId(subordinate(account("A"))),
                        CASCADE.updateId(subordinate(subscription("a"))),
                        CASCADE.updateId(subordinate(account("a/ACCOUNT/a"))),
                        CASCADE.updateId(subordinate(account("a%2FACCOUNT%2Fa"))),
                        cascade("c-1:7/ACCOUNT/a", 7).updateId(subordinate(account("a"))),
                        cascade("c-1", 8).updateId(subordinate(account("a")))))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsReachedIsCounted() {
        assertThat(CascadeCount.NONE
                        .plus(Reach.UPDATED)
                        .plus(Reach.SKIPPED)
                        .plus(Reach.NOT_COVERED)
                        .plus(Reach.UPDATED))
                .isEqualTo(new CascadeCount(2, 1));
    }

    @Test
    void theCompletionIsTheNextEventOfTheCustomerAndCarriesTheOriginOfTheChange() {
        story.given(register(item(A)));
        Origin origin = CASCADE.origin();

        Event completed = new CascadeCompletion(POLICY)
                .completed(
                        story.customer(),
                        new Cascade(Story.CUSTOMER, 1, Optional.of("c-1:0"), SUSPENDED, origin),
                        new CascadeCount(5, 6),
                        NOON.plusNanos(1_999_999));

        assertThat(completed)
                .isEqualTo(new Event(
                        Story.CUSTOMER,
                        3,
                        NOON.plusMillis(1),
                        origin,
                        POLICY.version(),
                        new CascadeCompleted(1, Optional.of("c-1:0"), 5, 6)));
        Customer after = CustomerEvolution.evolve(Optional.of(story.customer()), completed);
        assertThat(after.version()).isEqualTo(1);
        assertThat(after.sequence()).isEqualTo(3);
    }

    @Test
    void theCompletionIsNotBeforeTheCustomersLastEvent() {
        Event completed = new CascadeCompletion(POLICY)
                .completed(story.customer(), CASCADE, CascadeCount.NONE, NOON.minusSeconds(1));

        assertThat(completed.recordedAt()).isEqualTo(NOON);
    }

    private static ChangeState suspension(Optional<Instant> validFrom) {
        return new ChangeState(
                CustomerState.SUSPENDED, new ReasonChoice.Named("fraud"), validFrom, true, Optional.empty());
    }

    private static Cascade cascade(String customerId, long causeSequence) {
        return new Cascade(
                customerId, causeSequence, Optional.empty(), SUSPENDED, new Origin("cmd", Optional.empty(), "crm"));
    }

    private static Subordinate subordinate(SubordinateRef ref) {
        return new Subordinate(ref, Optional.empty(), 1, CustomerState.ACTIVE, "dfltActive", 6, 0);
    }
}
