package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.account;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.item;
import static dev.standing.domain.decision.Story.register;
import static dev.standing.domain.decision.Story.remove;
import static dev.standing.domain.decision.Story.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} section 2: the removal of subordinates. */
class SubordinateRemovalTest {

    private static final SubordinateRef A = account("a");
    private static final SubordinateRef B = account("b");

    private final Story story = Story.underDefault().registered().given(register(item(A), item(B, A)));

    @Test
    void aSubordinateWithoutChildrenIsRemoved() {
        assertThat(story.status(remove(B))).isEqualTo(OutcomeStatus.REMOVED);

        assertThat(story.factsAfter(3)).containsExactly(new SubordinateRemoved(B));
        assertThat(story.hierarchy().all()).extracting(Subordinate::ref).containsExactly(A);
        assertThat(story.customer().version()).isEqualTo(1);
    }

    @Test
    void aSubordinateWithChildrenStays() {
        Rejection rejection = story.outcome(remove(A)).rejection().orElseThrow();

        assertThat(rejection.code()).isEqualTo(RejectionCode.INVALID_HIERARCHY);
        assertThat(rejection.field()).contains(CommandField.ID);
        assertThat(rejection.message()).contains("ACCOUNT a", "children");
        assertThat(story.events()).hasSize(3);
    }

    @Test
    void aSubordinateWhoseChildrenAreRemovedCanBeRemoved() {
        story.given(remove(B)).given(remove(A));

        assertThat(story.hierarchy().all()).isEmpty();
    }

    @Test
    void aSubordinateThatTheCustomerDoesNotHaveIsUnknown() {
        story.given(remove(B));

        for (SubordinateRef unknown : new SubordinateRef[] {B, account("x"), subscription("a")}) {
            Rejection rejection = story.outcome(remove(unknown)).rejection().orElseThrow();

            assertThat(rejection.code()).isEqualTo(RejectionCode.UNKNOWN_SUBORDINATE);
            assertThat(rejection.field()).contains(CommandField.ID);
            assertThat(rejection.message()).contains(unknown.text());
        }
    }

    @Test
    void whatWasRemovedMayBeRegisteredAnewBeneathAnotherParent() {
        story.given(remove(B)).given(register(item(B)));

        assertThat(story.hierarchy().find(B).orElseThrow().depth()).isEqualTo(1);
    }

    @Test
    void aDeactivatedCustomerKeepsItsSubordinates() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(remove(account("x")))).isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
        assertThat(story.rejection(remove(B))).isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }
}
