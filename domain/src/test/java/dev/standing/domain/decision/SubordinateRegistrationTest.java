package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.account;
import static dev.standing.domain.decision.Story.because;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.in;
import static dev.standing.domain.decision.Story.item;
import static dev.standing.domain.decision.Story.register;
import static dev.standing.domain.decision.Story.subscriber;
import static dev.standing.domain.decision.Story.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code semantics.md} section 2: subordinates. */
class SubordinateRegistrationTest {

    private static final SubordinateRef A = account("a");
    private static final SubordinateRef B = account("b");
    private static final SubordinateRef C = account("c");

    private final Story story = Story.underDefault().registered();

    @Test
    void aSubordinateBelongsToTheCustomerAndHasTheDefaultReasonUnlessItSaysOtherwise() {
        Outcome outcome = story.outcome(register(item(A)));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.REGISTERED);
        assertThat(story.factsAfter(1))
                .containsExactly(new SubordinateRegistered(A, Optional.empty(), CustomerState.ACTIVE, "dfltActive"));
        assertThat(story.hierarchy().all())
                .containsExactly(new Subordinate(A, Optional.empty(), 1, CustomerState.ACTIVE, "dfltActive", 2, 0));
    }

    @Test
    void theVersionOfTheCustomerStaysAsItIs() {
        story.later(Duration.ofHours(1)).given(register(item(A), item(B)));

        assertThat(story.customer().version()).isEqualTo(1);
        assertThat(story.customer().sequence()).isEqualTo(3);
        assertThat(story.customer().recordedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void aReasonOfTheStateMayBeNamed() {
        story.given(register(because("nonPayment", in(CustomerState.SUSPENDED, item(A)))));

        assertThat(found(A).state()).isEqualTo(CustomerState.SUSPENDED);
        assertThat(found(A).reason()).isEqualTo("nonPayment");
    }

    @Test
    void aReasonThatThePolicyDoesNotHaveForTheStateIsUnknown() {
        assertRejected(
                register(item(A), because("fraud", item(B))),
                RejectionCode.UNKNOWN_REASON,
                "subordinates[1]: ACCOUNT b: ",
                "no reason fraud");
    }

    @ParameterizedTest(name = "{0} beneath {1}")
    @CsvSource({
        "ACCOUNT,customer,true",
        "ACCOUNT,ACCOUNT,true",
        "ACCOUNT,SUBSCRIBER,false",
        "ACCOUNT,SUBSCRIPTION,false",
        "SUBSCRIBER,customer,false",
        "SUBSCRIBER,ACCOUNT,true",
        "SUBSCRIBER,SUBSCRIBER,false",
        "SUBSCRIBER,SUBSCRIPTION,false",
        "SUBSCRIPTION,customer,true",
        "SUBSCRIPTION,ACCOUNT,true",
        "SUBSCRIPTION,SUBSCRIBER,true",
        "SUBSCRIPTION,SUBSCRIPTION,true"
    })
    void eachTypeHasItsTypesOfParents(String type, String parent, boolean allowed) {
        story.given(register(item(A), item(subscriber("s"), A), item(subscription("p"))));
        SubordinateRef ref = ref(type, "new");
        RegisteredSubordinate item = parent.equals("customer") ? item(ref) : item(ref, ref(parent, existing(parent)));

        if (allowed) {
            assertThat(story.status(register(item))).isEqualTo(OutcomeStatus.REGISTERED);
            assertThat(found(ref).parent()).isEqualTo(item.parent());
            assertThat(found(ref).depth())
                    .isEqualTo(item.parent().map(of -> found(of).depth()).orElse(0) + 1);
        } else {
            assertInvalid(
                    register(item),
                    "subordinates[0]: " + type + " new: ",
                    "does not allow the parent " + (parent.equals("customer") ? "the customer" : parent));
        }
    }

    private static SubordinateRef ref(String type, String id) {
        return switch (type) {
            case "ACCOUNT" -> account(id);
            case "SUBSCRIBER" -> subscriber(id);
            default -> subscription(id);
        };
    }

    private static String existing(String type) {
        return switch (type) {
            case "ACCOUNT" -> "a";
            case "SUBSCRIBER" -> "s";
            default -> "p";
        };
    }

    @Test
    void idsAreOfTheirType() {
        story.given(register(item(account("x")), item(subscription("x"), account("x"))));

        assertThat(story.hierarchy().all()).extracting(Subordinate::depth).containsExactly(1, 2);
    }

    @Test
    void laterOnesMayReferToEarlierOnes() {
        story.given(register(item(A), item(B, A), item(C, B)));

        assertThat(story.hierarchy().all()).extracting(Subordinate::depth).containsExactly(1, 2, 3);
        assertThat(story.hierarchy().all()).extracting(Subordinate::children).containsExactly(1, 1, 0);
        assertThat(story.hierarchy().all())
                .extracting(Subordinate::registeredSequence)
                .containsExactly(2L, 3L, 4L);
    }

    @Test
    void aParentHasToExist() {
        assertInvalid(register(item(B, A)), "subordinates[0]: ACCOUNT b: ", "parent ACCOUNT a does not exist");
        assertInvalid(register(item(B, A), item(A)), "subordinates[0]: ACCOUNT b: ", "ACCOUNT a does not exist");
    }

    @Test
    void nothingIsItsOwnParent() {
        assertInvalid(register(item(A, A)), "subordinates[0]: ACCOUNT a: ", "cycle");
    }

    @Test
    void aParentThatTheRestOfTheListPutsBeneathItsChildIsACycle() {
        assertInvalid(register(item(A, B), item(B, A)), "subordinates[0]: ACCOUNT a: ", "ACCOUNT b", "cycle");
        assertInvalid(
                register(item(account("d")), item(A, B), item(B, C), item(C, A)),
                "subordinates[1]: ACCOUNT a: ",
                "ACCOUNT b",
                "cycle");
    }

    @Test
    void aMissingParentThatIsInACycleOfItsOwnDoesNotExist() {
        assertInvalid(register(item(A, B), item(B, C), item(C, B)), "subordinates[0]: ACCOUNT a: ", "does not exist");
    }

    @Test
    void onlyTheFirstThatIsSaidOfAParentLaterCountsForACycle() {
        assertInvalid(register(item(A, B), item(B), item(B, A)), "subordinates[0]: ACCOUNT a: ", "does not exist");
    }

    @Test
    void aParentNeverChanges() {
        story.given(register(item(A), item(B), item(C, A)));

        assertInvalid(register(item(C, B)), "subordinates[0]: ACCOUNT c: ", "never changes", "ACCOUNT a", "ACCOUNT b");
        assertInvalid(register(item(C)), "subordinates[0]: ACCOUNT c: ", "never changes", "the customer");
        assertInvalid(register(item(B, A)), "subordinates[0]: ACCOUNT b: ", "never changes", "the customer");
        assertInvalid(register(item(A, C)), "subordinates[0]: ACCOUNT a: ", "never changes");
    }

    @Test
    void aParentDoesNotChangeWithinAListEither() {
        assertInvalid(register(item(A), item(B, A), item(B)), "subordinates[2]: ACCOUNT b: ", "never changes");
    }

    @Test
    void nothingNewBelongsToADeactivatedParent() {
        story.given(register(in(CustomerState.DEACTIVATED, item(A))));

        assertInvalid(register(item(B, A)), "subordinates[0]: ACCOUNT b: ", "ACCOUNT a is DEACTIVATED");
        assertInvalid(
                register(in(CustomerState.DEACTIVATED, item(B, A))),
                "subordinates[0]: ACCOUNT b: ",
                "ACCOUNT a is DEACTIVATED");
    }

    @Test
    void whatBelongsToADeactivatedParentMayOnlyBeDeactivated() {
        story.given(register(item(A), item(B, A))).given(register(in(CustomerState.DEACTIVATED, item(A))));

        assertInvalid(
                register(in(CustomerState.SUSPENDED, item(B, A))),
                "subordinates[0]: ACCOUNT b: ",
                "ACCOUNT a is DEACTIVATED");
        assertThat(story.status(register(in(CustomerState.DEACTIVATED, item(B, A)))))
                .isEqualTo(OutcomeStatus.REGISTERED);
        assertThat(found(B).reason()).isEqualTo("dfltDeactivated");
    }

    @Test
    void theStateThatTheListGaveAParentCounts() {
        story.given(register(item(A), item(B, A), in(CustomerState.DEACTIVATED, item(C))));

        assertInvalid(
                register(in(CustomerState.DEACTIVATED, item(A)), item(B, A)),
                "subordinates[1]: ACCOUNT b: ",
                "ACCOUNT a is DEACTIVATED");
        assertThat(story.status(register(item(C), item(account("d"), C)))).isEqualTo(OutcomeStatus.REGISTERED);
    }

    @Test
    void aDeactivatedSubordinateMayBeRegisteredAnewInAnotherState() {
        story.given(register(in(CustomerState.DEACTIVATED, item(A)))).given(register(item(A)));

        assertThat(found(A).state()).isEqualTo(CustomerState.ACTIVE);
    }

    @Test
    void aRepeatedRegistrationIsAnEventEvenIfItChangesNothing() {
        story.given(register(item(A), item(B, A)));

        assertThat(story.status(register(item(A)))).isEqualTo(OutcomeStatus.REGISTERED);
        assertThat(story.factsAfter(3))
                .containsExactly(new SubordinateRegistered(A, Optional.empty(), CustomerState.ACTIVE, "dfltActive"));
        assertThat(found(A).registeredSequence()).isEqualTo(4);
        assertThat(found(A).children()).isEqualTo(1);
    }

    @Test
    void aListMayNameASubordinateTwice() {
        story.given(register(item(A), in(CustomerState.BLOCKED, item(A))));

        assertThat(story.factsAfter(1)).hasSize(2);
        assertThat(found(A).state()).isEqualTo(CustomerState.BLOCKED);
        assertThat(found(A).registeredSequence()).isEqualTo(3);
    }

    @Test
    void aListIsRegisteredAsAWholeOrNotAtAll() {
        assertInvalid(register(item(A), item(B, C)), "subordinates[1]: ACCOUNT b: ", "does not exist");

        assertThat(story.hierarchy().all()).isEmpty();
    }

    @Test
    void aThousandAreRegisteredAtOnce() {
        List<RegisteredSubordinate> items = new ArrayList<>(List.of(item(A)));
        for (int i = 1; i < 1_000; i++) {
            items.add(item(account("a-" + i), A));
        }

        story.given(new Instruction.RegisterSubordinates(items));

        assertThat(story.hierarchy().all()).hasSize(1_000);
        assertThat(found(A).children()).isEqualTo(999);
    }

    @Test
    void aListThatIsEmptyIsInvalidEvenForADeactivatedCustomer() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(register())).isEqualTo(RejectionCode.INVALID_REQUEST);
    }

    @Test
    void aDeactivatedCustomerIsToldBeforeAnUnknownReason() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(register(because("nonsense", item(A)))))
                .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }

    @Test
    void anUnknownReasonIsToldBeforeAnInvalidHierarchyThatComesEarlierInTheList() {
        assertThat(story.rejection(register(item(B, A), because("nonsense", item(A)))))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
    }

    @Test
    void nobodyIsRegisteredForTheSakeOfSubordinates() {
        assertThat(Story.under(Policies.registering()).rejection(register(item(A))))
                .isEqualTo(RejectionCode.UNKNOWN_CUSTOMER);
    }

    private Subordinate found(SubordinateRef ref) {
        return story.hierarchy().find(ref).orElseThrow();
    }

    private void assertInvalid(Instruction instruction, String... messageParts) {
        assertRejected(instruction, RejectionCode.INVALID_HIERARCHY, messageParts);
    }

    private void assertRejected(Instruction instruction, RejectionCode code, String... messageParts) {
        int events = story.events().size();

        Rejection rejection = story.outcome(instruction).rejection().orElseThrow();

        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.field()).contains(CommandField.SUBORDINATES);
        assertThat(rejection.message()).startsWith(messageParts[0]).contains(messageParts);
        assertThat(story.events()).hasSize(events);
    }
}
