package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.account;
import static dev.standing.domain.decision.Story.cancel;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.in;
import static dev.standing.domain.decision.Story.item;
import static dev.standing.domain.decision.Story.propose;
import static dev.standing.domain.decision.Story.register;
import static dev.standing.domain.decision.Story.registration;
import static dev.standing.domain.decision.Story.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.standing.domain.command.Instruction;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command in every state, to every state, under both packaged policies. The answers are written out as tables: a
 * row for each state that the customer is in, a column for each state that the command names, in the order of
 * {@link #COLUMNS}. Every state has its default reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionTableTest {

    private static final Policy DEFAULT = PolicyFile.packagedDefault();
    private static final Policy STRICT = PolicyFile.packagedStrict();
    private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

    private static final List<CustomerState> COLUMNS = List.of(
            CustomerState.INACTIVE,
            CustomerState.ACTIVE,
            CustomerState.DORMANT,
            CustomerState.SUSPENDED,
            CustomerState.BLOCKED,
            CustomerState.BLACKLISTED,
            CustomerState.DEACTIVATED);

    /** What the abbreviations of the tables stand for. */
    private static final Map<String, String> ANSWERS = Map.ofEntries(
            Map.entry("registered", "REGISTERED"),
            Map.entry("applied", "APPLIED"),
            Map.entry("scheduled", "SCHEDULED"),
            Map.entry("pending", "PENDING"),
            Map.entry("confirmed", "CONFIRMED"),
            Map.entry("cancelled", "CANCELLED"),
            Map.entry("same", "UNCHANGED"),
            Map.entry("removed", "REMOVED"),
            Map.entry("illegal", "REJECTED ILLEGAL_TRANSITION"),
            Map.entry("closed", "REJECTED CUSTOMER_DEACTIVATED"),
            Map.entry("invalid", "REJECTED INVALID_REQUEST"),
            Map.entry("known", "REJECTED ALREADY_REGISTERED"),
            Map.entry("unknown", "REJECTED UNKNOWN_CUSTOMER"),
            Map.entry("none", "REJECTED NO_PENDING_CHANGE"),
            Map.entry("other", "REJECTED STATE_MISMATCH"),
            Map.entry("missing", "REJECTED UNKNOWN_SUBORDINATE"));

    /** ChangeState without a date, or with one that is not in the future. */
    private static final String CHANGE_NOW_BY_DEFAULT = """
                         INACTIVE  ACTIVE    DORMANT   SUSPENDED BLOCKED   BLACKLISTED DEACTIVATED
            unregistered unknown   unknown   unknown   unknown   unknown   unknown     unknown
            INACTIVE     same      applied   applied   applied   applied   applied     applied
            ACTIVE       applied   same      applied   applied   applied   applied     applied
            DORMANT      applied   applied   same      applied   applied   applied     applied
            SUSPENDED    applied   applied   applied   same      applied   applied     applied
            BLOCKED      applied   applied   applied   applied   same      applied     applied
            BLACKLISTED  illegal   illegal   illegal   illegal   illegal   same        applied
            DEACTIVATED  closed    closed    closed    closed    closed    closed      closed
            """;

    private static final String CHANGE_NOW_BY_STRICT = """
                         INACTIVE  ACTIVE    DORMANT   SUSPENDED BLOCKED   BLACKLISTED DEACTIVATED
            unregistered unknown   unknown   unknown   unknown   unknown   unknown     unknown
            INACTIVE     same      applied   illegal   illegal   illegal   illegal     applied
            ACTIVE       illegal   same      illegal   applied   illegal   illegal     applied
            DORMANT      illegal   illegal   same      illegal   illegal   illegal     illegal
            SUSPENDED    illegal   applied   illegal   same      illegal   illegal     applied
            BLOCKED      illegal   illegal   illegal   illegal   same      illegal     illegal
            BLACKLISTED  illegal   illegal   illegal   illegal   illegal   same        illegal
            DEACTIVATED  closed    closed    closed    closed    closed    closed      closed
            """;

    /** ConfirmChange for now, of a pending change to the state that it names: it is always a change, never the same. */
    private static final String CONFIRM_NOW_BY_DEFAULT = """
                         INACTIVE  ACTIVE    DORMANT   SUSPENDED BLOCKED   BLACKLISTED DEACTIVATED
            INACTIVE     applied   applied   applied   applied   applied   applied     applied
            ACTIVE       applied   applied   applied   applied   applied   applied     applied
            DORMANT      applied   applied   applied   applied   applied   applied     applied
            SUSPENDED    applied   applied   applied   applied   applied   applied     applied
            BLOCKED      applied   applied   applied   applied   applied   applied     applied
            BLACKLISTED  illegal   illegal   illegal   illegal   illegal   applied     applied
            """;

    private static final String CONFIRM_NOW_BY_STRICT = """
                         INACTIVE  ACTIVE    DORMANT   SUSPENDED BLOCKED   BLACKLISTED DEACTIVATED
            INACTIVE     applied   applied   illegal   illegal   illegal   illegal     applied
            ACTIVE       illegal   applied   illegal   applied   illegal   illegal     applied
            DORMANT      illegal   illegal   applied   illegal   illegal   illegal     illegal
            SUSPENDED    illegal   applied   illegal   applied   illegal   illegal     applied
            BLOCKED      illegal   illegal   illegal   illegal   applied   illegal     illegal
            BLACKLISTED  illegal   illegal   illegal   illegal   illegal   applied     illegal
            """;

    /** RegisterCustomer: the same by both policies. */
    private static final String REGISTER = """
                         INACTIVE   ACTIVE     DORMANT    SUSPENDED  BLOCKED    BLACKLISTED DEACTIVATED
            unregistered registered registered registered registered registered registered  invalid
            INACTIVE     known      known      known      known      known      known       known
            ACTIVE       known      known      known      known      known      known       known
            DORMANT      known      known      known      known      known      known       known
            SUSPENDED    known      known      known      known      known      known       known
            BLOCKED      known      known      known      known      known      known       known
            BLACKLISTED  known      known      known      known      known      known       known
            DEACTIVATED  known      known      known      known      known      known       known
            """;

    /** What does not depend on the state that is named, but only on the one that the customer is in. */
    private static String whateverIsNamed(String unregistered, String open) {
        List<String> rows = new ArrayList<>(List.of("unregistered " + (unregistered + " ").repeat(7)));
        for (CustomerState state : COLUMNS) {
            String answer = state == CustomerState.DEACTIVATED ? "closed" : open;
            rows.add(state + " " + (answer + " ").repeat(7));
        }
        return String.join("\n", rows);
    }

    /** With a change to BLOCKED pending: only what names it is about it. */
    private static final String OF_A_PENDING_BLOCKING = """
                         INACTIVE  ACTIVE    DORMANT   SUSPENDED BLOCKED   BLACKLISTED DEACTIVATED
            INACTIVE     other     other     other     other     done      other       other
            ACTIVE       other     other     other     other     done      other       other
            DORMANT      other     other     other     other     done      other       other
            SUSPENDED    other     other     other     other     done      other       other
            BLOCKED      other     other     other     other     done      other       other
            BLACKLISTED  other     other     other     other     done      other       other
            """;

    /** With a change to BLOCKED scheduled and nothing pending. */
    private static final String OF_A_SCHEDULED_BLOCKING = """
                         INACTIVE  ACTIVE    DORMANT   SUSPENDED BLOCKED   BLACKLISTED DEACTIVATED
            INACTIVE     none      none      none      none      cancelled none        none
            ACTIVE       none      none      none      none      cancelled none        none
            DORMANT      none      none      none      none      cancelled none        none
            SUSPENDED    none      none      none      none      cancelled none        none
            BLOCKED      none      none      none      none      cancelled none        none
            BLACKLISTED  none      none      none      none      cancelled none        none
            """;

    @ParameterizedTest(name = "{0}, {1}: registration as {2}")
    @MethodSource
    void registrations(String policy, String from, CustomerState to, String expected) {
        Story story = story(policy, from);

        Instruction registration = registration(Optional.of(to), Optional.of(reason(to)), Optional.empty());

        assertThat(answer(story, registration)).isEqualTo(expected);
    }

    Stream<Arguments> registrations() {
        return cases(REGISTER, REGISTER);
    }

    @ParameterizedTest(name = "{0}, {1}: change to {2} now")
    @MethodSource
    void changesNow(String policy, String from, CustomerState to, String expected) {
        assertThat(answer(story(policy, from), change(to, reason(to)))).isEqualTo(expected);
        assertThat(answer(story(policy, from), change(to, reason(to), NOON))).isEqualTo(expected);
    }

    Stream<Arguments> changesNow() {
        return cases(CHANGE_NOW_BY_DEFAULT, CHANGE_NOW_BY_STRICT);
    }

    @ParameterizedTest(name = "{0}, {1}: change to {2} tomorrow")
    @MethodSource
    void changesLater(String policy, String from, CustomerState to, String expected) {
        assertThat(answer(story(policy, from), change(to, reason(to), TOMORROW)))
                .isEqualTo(expected);
    }

    Stream<Arguments> changesLater() {
        String table = whateverIsNamed("unknown", "scheduled");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: proposal of {2}")
    @MethodSource
    void proposals(String policy, String from, CustomerState to, String expected) {
        assertThat(answer(story(policy, from), propose(to, reason(to), TOMORROW)))
                .isEqualTo(expected);
        assertThat(answer(story(policy, from), propose(to, reason(to), NOON))).isEqualTo(expected);
    }

    Stream<Arguments> proposals() {
        String table = whateverIsNamed("unknown", "pending");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: confirmation of {2}, nothing pending")
    @MethodSource
    void confirmationsOfNothing(String policy, String from, CustomerState to, String expected) {
        assertThat(answer(story(policy, from), confirm(to, reason(to)))).isEqualTo(expected);
        assertThat(answer(story(policy, from), confirm(to, reason(to), TOMORROW)))
                .isEqualTo(expected);
    }

    Stream<Arguments> confirmationsOfNothing() {
        String table = whateverIsNamed("unknown", "none");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: confirmation for now of {2}, which is pending")
    @MethodSource
    void confirmationsForNow(String policy, String from, CustomerState to, String expected) {
        Story story = story(policy, from).given(propose(to, reason(to), TOMORROW));

        assertThat(answer(story, confirm(to, reason(to), NOON))).isEqualTo(expected);
    }

    Stream<Arguments> confirmationsForNow() {
        return cases(CONFIRM_NOW_BY_DEFAULT, CONFIRM_NOW_BY_STRICT);
    }

    @ParameterizedTest(name = "{0}, {1}: confirmation of {2}, with BLOCKED pending")
    @MethodSource
    void confirmationsForTheFuture(String policy, String from, CustomerState to, String expected) {
        Story story = story(policy, from).given(proposalOfBlocking());

        assertThat(answer(story, confirm(to, reason(to)))).isEqualTo(expected);
    }

    Stream<Arguments> confirmationsForTheFuture() {
        String table = OF_A_PENDING_BLOCKING.replace("done     ", "confirmed");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: cancellation of {2}, nothing planned")
    @MethodSource
    void cancellationsOfNothing(String policy, String from, CustomerState to, String expected) {
        assertThat(answer(story(policy, from), cancel(to, reason(to)))).isEqualTo(expected);
        assertThat(answer(story(policy, from), cancel(Story.CUSTOMER + ":2"))).isEqualTo(expected);
    }

    Stream<Arguments> cancellationsOfNothing() {
        String table = whateverIsNamed("unknown", "none");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: cancellation of {2}, with BLOCKED pending")
    @MethodSource
    void cancellationsOfThePendingChange(String policy, String from, CustomerState to, String expected) {
        Story story = story(policy, from).given(proposalOfBlocking());

        assertThat(answer(story, cancel(to, reason(to)))).isEqualTo(expected);
    }

    Stream<Arguments> cancellationsOfThePendingChange() {
        String table = OF_A_PENDING_BLOCKING.replace("done     ", "cancelled");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: cancellation of {2}, with BLOCKED scheduled")
    @MethodSource
    void cancellationsOfAScheduledChange(String policy, String from, CustomerState to, String expected) {
        Story story = story(policy, from).given(change(CustomerState.BLOCKED, "dfltBlocked", TOMORROW));

        assertThat(answer(story, cancel(to, reason(to)))).isEqualTo(expected);
    }

    Stream<Arguments> cancellationsOfAScheduledChange() {
        return cases(OF_A_SCHEDULED_BLOCKING, OF_A_SCHEDULED_BLOCKING);
    }

    @ParameterizedTest(name = "{0}, {1}: cancellation by id of {2}, which is planned")
    @MethodSource
    void cancellationsById(String policy, String from, CustomerState to, String expected) {
        Story story =
                story(policy, from).given(propose(to, reason(to), TOMORROW)).given(change(to, reason(to), TOMORROW));

        assertThat(answer(story, cancel(story.customer().plannedChanges().get(0).changeId())))
                .isEqualTo(expected);
        assertThat(answer(story, cancel(story.customer().plannedChanges().get(0).changeId())))
                .isEqualTo(expected);
    }

    Stream<Arguments> cancellationsById() {
        String table = whateverIsNamed("none", "cancelled");
        return cases(table, table).filter(planned -> isOpen((String) planned.get()[1]));
    }

    @ParameterizedTest(name = "{0}, {1}: registration of an account as {2}")
    @MethodSource
    void registrationsOfSubordinates(String policy, String from, CustomerState to, String expected) {
        assertThat(answer(story(policy, from), register(in(to, item(account("a"))))))
                .isEqualTo(expected);
    }

    Stream<Arguments> registrationsOfSubordinates() {
        String table = whateverIsNamed("unknown", "registered");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: removal of an account that does not exist")
    @MethodSource
    void removalsOfNothing(String policy, String from, CustomerState unused, String expected) {
        assertThat(answer(story(policy, from), remove(account("a")))).isEqualTo(expected);
    }

    Stream<Arguments> removalsOfNothing() {
        String table = whateverIsNamed("unknown", "missing");
        return cases(table, table);
    }

    @ParameterizedTest(name = "{0}, {1}: removal of an account that is {2}")
    @MethodSource
    void removals(String policy, String from, CustomerState of, String expected) {
        Story story = story(policy, from).given(register(in(of, item(account("a")))));

        assertThat(answer(story, remove(account("a")))).isEqualTo(expected);
    }

    Stream<Arguments> removals() {
        String table = whateverIsNamed("unknown", "removed");
        return cases(table, table)
                .filter(registered -> isOpen((String) registered.get()[1]));
    }

    private static boolean isOpen(String from) {
        return !from.equals("unregistered") && !from.equals("DEACTIVATED");
    }

    private static Instruction proposalOfBlocking() {
        return propose(CustomerState.BLOCKED, "dfltBlocked", TOMORROW);
    }

    private static Stream<Arguments> cases(String byDefault, String byStrict) {
        return Stream.concat(rows("default", byDefault), rows("strict", byStrict));
    }

    private static Stream<Arguments> rows(String policy, String table) {
        return table.lines()
                .map(line -> Arrays.asList(line.strip().split(" +")))
                .filter(row -> row.size() == COLUMNS.size() + 1)
                .flatMap(row -> answers(policy, row));
    }

    private static Stream<Arguments> answers(String policy, List<String> row) {
        return Stream.iterate(0, i -> i + 1)
                .limit(COLUMNS.size())
                .map(i -> arguments(policy, row.get(0), COLUMNS.get(i), ANSWERS.get(row.get(i + 1))));
    }

    /** A customer in the state under the policy; DEACTIVATED is reached by a change, as no registration leads there. */
    private static Story story(String policyName, String from) {
        Story story = Story.under(policyName.equals("strict") ? STRICT : DEFAULT);
        if (from.equals("unregistered")) {
            return story;
        }
        CustomerState state = CustomerState.valueOf(from);
        return state == CustomerState.DEACTIVATED
                ? story.registered().given(change(state, reason(state)))
                : story.registered(state, reason(state));
    }

    private static String reason(CustomerState state) {
        return switch (state) {
            case INACTIVE -> "dfltInactive";
            case ACTIVE -> "dfltActive";
            case DORMANT -> "dfltDormant";
            case SUSPENDED -> "dfltSuspended";
            case BLOCKED -> "dfltBlocked";
            case BLACKLISTED -> "dfltBlacklisted";
            case DEACTIVATED -> "dfltDeactivated";
        };
    }

    private static String answer(Story story, Instruction instruction) {
        Outcome outcome = story.outcome(instruction);
        return outcome.status()
                + outcome.rejection().map(rejection -> " " + rejection.code()).orElse("");
    }
}
