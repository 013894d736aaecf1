package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Decision.Replayed;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} section 4, step 1. */
class IdempotencyTest {

    private static final ChangeState SUSPENSION = change(CustomerState.SUSPENDED, "fraud");

    private final Story story = Story.underDefault().registered();

    @Test
    void theSameRequestAgainIsReplayedWithoutAnEvent() {
        story.decide(story.command("r", SUSPENSION));
        story.outcome(change(CustomerState.ACTIVE, "dfltActive"));

        Decision again = story.later(Duration.ofDays(6)).decide(story.command("r", SUSPENSION));

        assertThat(again).isEqualTo(new Replayed());
        assertThat(story.events()).hasSize(3);
    }

    @Test
    void aRejectionIsReplayedTooThoughItWouldBeAcceptedNow() {
        Story nobody = Story.underDefault();
        nobody.decide(nobody.command("r", SUSPENSION));
        nobody.registered();

        assertThat(nobody.decide(nobody.command("r", SUSPENSION))).isEqualTo(new Replayed());
    }

    @Test
    void theSameIdWithOtherContentIsReusedAndThatIsNotRemembered() {
        story.decide(story.command("r", SUSPENSION));

        Decided reused = story.decided(story.command("r", change(CustomerState.BLOCKED, "fraud")));

        assertThat(reused.outcome().rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(RejectionCode.REQUEST_ID_REUSED, Optional.of(CommandField.REQUEST_ID));
        assertThat(reused.remembered()).isFalse();
        assertThat(story.decide(story.command("r", SUSPENSION))).isEqualTo(new Replayed());
    }

    @Test
    void theExpectedVersionIsPartOfTheContent() {
        story.decide(story.command("r", OptionalLong.of(1), SUSPENSION));

        assertThat(story.outcome(story.command("r", OptionalLong.of(2), SUSPENSION))
                        .rejection()
                        .orElseThrow()
                        .code())
                .isEqualTo(RejectionCode.REQUEST_ID_REUSED);
    }

    @Test
    void requestIdsOfAnotherSourceAreItsOwn() {
        story.decide(story.command("r", SUSPENSION));
        Command other = new Command(
                Story.CUSTOMER,
                new Origin("cmd-x", Optional.of("r"), "billing"),
                OptionalLong.empty(),
                Optional.empty(),
                change(CustomerState.ACTIVE, "dfltActive"));

        assertThat(story.outcome(other).status()).isEqualTo(OutcomeStatus.APPLIED);
    }

    @Test
    void aCommandWithoutRequestIdIsKnownByItsCommandId() {
        Command command = withoutRequestId("cmd-a");
        story.decide(command);

        assertThat(story.decide(command)).isEqualTo(new Replayed());
        assertThat(story.outcome(withoutRequestId("cmd-b")).status()).isEqualTo(OutcomeStatus.UNCHANGED);
    }

    @Test
    void aReusedCommandIdIsToldAsSuch() {
        story.decide(withoutRequestId("cmd-a"));
        Command other = new Command(
                Story.CUSTOMER,
                new Origin("cmd-a", Optional.empty(), "crm"),
                OptionalLong.empty(),
                Optional.empty(),
                change(CustomerState.BLOCKED, "fraud"));

        assertThat(story.outcome(other).rejection().orElseThrow().field()).contains(CommandField.COMMAND_ID);
    }

    @Test
    void aRequestIsForgottenWhenTheRetentionIsOver() {
        story.decide(story.command("r", SUSPENSION));

        story.later(Duration.ofDays(7).minusMillis(1));
        assertThat(story.decide(story.command("r", SUSPENSION))).isEqualTo(new Replayed());

        story.later(Duration.ofMillis(1));
        assertThat(story.outcome(story.command("r", SUSPENSION)).status()).isEqualTo(OutcomeStatus.UNCHANGED);
    }

    private static Command withoutRequestId(String commandId) {
        return new Command(
                Story.CUSTOMER,
                new Origin(commandId, Optional.empty(), "crm"),
                OptionalLong.empty(),
                Optional.empty(),
                SUSPENSION);
    }
}
