package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.RefusedRequests;
import dev.standing.gateway.Results;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.reply.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteEndpointTest {

    private static final String REGISTER = "/v1/customers";
    private static final String STATE = "/v1/customers/state";
    private static final String CHANGE = "{\"requestId\":\"r\",\"customer\":{\"refId\":\"c-1\"},\"state\":"
            + "{\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\"}}";

    private static final dev.standing.domain.customer.CustomerState SUSPENDED =
            dev.standing.domain.customer.CustomerState.SUSPENDED;
    private static final ReasonChoice REASON = new ReasonChoice.Named("dfltSuspended");

    static Stream<RefusedRequests.Rest> refused() {
        return RefusedRequests.rest();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aMalformedWriteIsRefusedByTheNameOfItsFieldAndNotSent(RefusedRequests.Rest refused) {
        RecordingChannel channel = RecordingChannel.silent();

        Answer answer = post(channel, refused.path(), refused.body(), refused.headers());

        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(problem.get("code").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.path("field").asText()).isEqualTo(refused.field());
        assertThat(problem.get("detail").textValue()).contains(refused.detail());
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void aProblemHasTheMembersOfTheContractInTheirOrder() {
        Answer answer = post(RecordingChannel.silent(), STATE, CHANGE.replace("SUSPENDED", "x"), List.of());

        assertThat(answer.document().orElseThrow().toString())
                .isEqualTo(
                        "{\"type\":\"urn:standing:problem:invalid-request\",\"title\":\"Invalid request\",\"status\":400,"
                                + "\"detail\":\"state.state must be one of INACTIVE, ACTIVE, DORMANT, SUSPENDED, BLOCKED,"
                                + " BLACKLISTED, DEACTIVATED, not \\\"x\\\"\",\"code\":\"INVALID_REQUEST\","
                                + "\"field\":\"state.state\",\"requestId\":\"r\"}");
    }

    @Test
    void aChangeNamesTheCustomerByItsId() {
        Command command = sent(
                STATE,
                CHANGE.replace(
                        "}}",
                        ",\"stateValidFrom\":\"2024-05-01T00:00:00.1239+02:00\"},"
                                + "\"subordinateUpdated\":false,\"notes\":\"n\"}"));

        assertThat(command.customerId()).isEqualTo("c-1");
        assertThat(command.customerExternalId()).isEmpty();
        assertThat(command.origin().requestId()).hasValue("r");
        assertThat(command.origin().source()).isEqualTo("unauthenticated");
        assertThat(command.instruction())
                .isEqualTo(new ChangeState(
                        dev.standing.domain.customer.CustomerState.SUSPENDED,
                        new ReasonChoice.Named("dfltSuspended"),
                        Optional.of(Instant.parse("2024-04-30T22:00:00.123Z")),
                        false,
                        Optional.of("n")));
    }

    @Test
    void theBodyOfAnUpdateSaysByItsPendingAndItsDateWhatIsAskedFor() {
        Instant date = Instant.parse("2024-04-30T22:00:00Z");
        String given = "\"2024-05-01T00:00:00+02:00\"";
        ChangeSelection.ByState selection = new ChangeSelection.ByState(SUSPENDED, REASON);

        assertThat(update("", "")).isEqualTo(change(Optional.empty()));
        assertThat(update("", "null")).isEqualTo(change(Optional.empty()));
        assertThat(update("", given)).isEqualTo(change(Optional.of(date)));
        assertThat(update("true", given))
                .isEqualTo(new ProposeChange(SUSPENDED, REASON, date, false, Optional.empty()));
        assertThat(update("true", "null")).isEqualTo(new CancelChange(selection, Optional.empty()));
        assertThat(update("false", "")).isEqualTo(confirmation(Optional.empty()));
        assertThat(update("false", "null")).isEqualTo(confirmation(Optional.empty()));
        assertThat(update("false", given)).isEqualTo(confirmation(Optional.of(date)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whetherSubordinatesFollowIsKeptWithTheChange(boolean value) {
        String more = ",\"notes\":\"n\",\"subordinateUpdated\":" + value;
        String date = ",\"stateValidFrom\":\"2024-05-01T00:00:00Z\"";

        assertThat(((ChangeState) instruction("", more)).subordinateUpdated()).isEqualTo(value);
        assertThat(((ProposeChange) instruction(",\"pending\":true" + date, more)).subordinateUpdated())
                .isEqualTo(value);
        assertThat(((ConfirmChange) instruction(",\"pending\":false", more)).subordinateUpdated())
                .hasValue(value);
        assertThat(instruction(",\"pending\":true,\"stateValidFrom\":null", more))
                .isEqualTo(new CancelChange(new ChangeSelection.ByState(SUSPENDED, REASON), Optional.of("n")));
    }

    @Test
    void aConfirmationThatDoesNotTellLeavesTheProposalsWordOnSubordinates() {
        assertThat(((ConfirmChange) instruction(",\"pending\":false", "")).subordinateUpdated())
                .isEmpty();
    }

    @Test
    void aCustomerThatIsNamedByItsExternalIdIsLookedUp() {
        Command command = sent(STATE, CHANGE.replace("\"refId\":\"c-1\"", "\"externalId\":\"e-1\""));

        assertThat(command.customerId()).isEqualTo("c-1");
        assertThat(command.customerExternalId()).hasValue("e-1");
    }

    @Test
    void aReasonThatIsNullOrAbsentIsMissing() {
        for (String reason : List.of("", ",\"stateReason\":null")) {
            Command command = sent(STATE, CHANGE.replace(",\"stateReason\":\"dfltSuspended\"", reason));

            assertThat(((ChangeState) command.instruction()).reason()).isEqualTo(new ReasonChoice.Missing());
        }
    }

    @Test
    void everyRequestIsANewCommand() {
        RecordingChannel channel = RecordingChannel.silent();

        post(channel, STATE, CHANGE, List.of());
        post(channel, STATE, CHANGE, List.of());

        assertThat(channel.commands())
                .extracting(command -> command.origin().commandId())
                .doesNotHaveDuplicates();
    }

    @Test
    void headersGiveTheRequestIdAndTheVersion() {
        Command command = post(
                        STATE,
                        CHANGE.replace("\"requestId\":\"r\",", ""),
                        List.of("Idempotency-Key", "key", "If-Match", "\"12\""))
                .commands()
                .get(0);

        assertThat(command.origin().requestId()).hasValue("key");
        assertThat(command.expectedVersion()).hasValue(12);
        assertThat(post(STATE, CHANGE, List.of("idempotency-key", "r")).commands())
                .hasSize(1);
    }

    @Test
    void aRegistrationWithoutACustomerIdTakesTheExternalId() {
        Command command = sent(
                REGISTER,
                "{\"requestId\":\"r\",\"externalId\":\"e\",\"customerId\":null,\"attributes\":{\"a\":\"b\"},\"state\":"
                        + "{\"state\":\"DORMANT\",\"stateReason\":\"x\",\"stateValidFrom\":null}}");

        assertThat(command.customerId()).isEqualTo("e");
        assertThat(command.instruction())
                .isEqualTo(new RegisterCustomer(
                        Optional.of("e"),
                        Optional.of(dev.standing.domain.customer.CustomerState.DORMANT),
                        Optional.of("x"),
                        Optional.empty(),
                        Map.of("a", "b")));
    }

    @Test
    void theTwoIdsOfARegistrationMayDiffer() {
        Command command = sent(REGISTER, "{\"requestId\":\"r\",\"customerId\":\"c\",\"externalId\":\"e\"}");

        assertThat(command.customerId()).isEqualTo("c");
        assertThat(command.customerExternalId()).isEmpty();
        assertThat(((RegisterCustomer) command.instruction()).externalId()).hasValue("e");
    }

    @Test
    void aSuccessShowsTheCustomerAsTheContractSays() {
        Answer answer = replied(command ->
                new Reply.Decided(Results.success(command, ResultStatus.SCHEDULED, CustomerState.BLACKLISTED)));

        JsonNode body = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"3\""));
        assertThat(body.toString())
                .isEqualTo("{\"requestId\":\"r\",\"commandId\":\""
                        + body.get("commandId").textValue()
                        + "\",\"status\":\"SCHEDULED\",\"replayed\":false,\"customer\":{\"customerId\":\"c-1\","
                        + "\"externalId\":null,\"version\":3,\"state\":{\"state\":\"BLACKLISTED\",\"stateReason\":"
                        + "\"aReason\",\"stateValidFrom\":\"2024-04-30T22:00:00Z\",\"recordedAt\":"
                        + "\"2024-06-01T10:00:00.123Z\"},\"plannedChanges\":[{\"changeId\":\"c-1:2\",\"status\":"
                        + "\"PENDING\",\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\",\"stateValidFrom\":"
                        + "\"2024-04-30T22:00:00Z\",\"subordinateUpdated\":true}]}}");
    }

    @ParameterizedTest
    @EnumSource(ResultStatus.class)
    void everyStatusButRegisteredIsPlainSuccess(ResultStatus status) {
        Answer answer =
                oddlyReplied(command -> new Reply.Decided(Results.success(command, status, CustomerState.ACTIVE)));

        int expected = switch (status) {
            case REGISTERED -> 201;
            case REJECTED -> 409;
            case UNKNOWN -> 500;
            default -> 200;
        };
        assertThat(answer.status()).isEqualTo(expected);
        assertThat(answer.headers().containsKey("Location")).isEqualTo(status == ResultStatus.REGISTERED);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST,400",
        "REASON_REQUIRED,400",
        "UNKNOWN_CUSTOMER,404",
        "UNKNOWN_SUBORDINATE,404",
        "ALREADY_REGISTERED,409",
        "CUSTOMER_DEACTIVATED,409",
        "ILLEGAL_TRANSITION,409",
        "NO_PENDING_CHANGE,409",
        "STATE_MISMATCH,409",
        "REASON_MISMATCH,409",
        "VERSION_CONFLICT,409",
        "REQUEST_ID_REUSED,409",
        "TOO_MANY_PLANNED_CHANGES,409",
        "PENDING_EXISTS,409",
        "EXTERNAL_ID_TAKEN,409",
        "UNKNOWN,409",
        "UNKNOWN_REASON,422",
        "INVALID_HIERARCHY,422",
        "DATE_IN_PAST,422"
    })
    void everyRejectionHasItsStatus(RejectionCode code, int status) {
        Answer answer = oddlyReplied(command -> new Reply.Decided(Results.rejected(command, code, "validFrom")));

        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("code").textValue()).isEqualTo(code.name());
        assertThat(problem.get("field").textValue()).isEqualTo("state.stateValidFrom");
    }

    @Test
    void aFieldThatTheApiDoesNotHaveIsLeftOut() {
        Answer answer = replied(
                command -> new Reply.Decided(Results.rejected(command, RejectionCode.INVALID_REQUEST, "changeId")));

        assertThat(answer.document().orElseThrow().has("field")).isFalse();
    }

    @Test
    void whatKafkaDidNotTakeIsToBeTriedAgain() {
        Answer notTaken = replied(command -> new Reply.NotTaken("Kafka is away."));
        Answer perhaps = replied(command -> new Reply.PerhapsTaken());

        assertThat(notTaken.status()).isEqualTo(503);
        assertThat(notTaken.headers()).containsEntry("Retry-After", "1");
        assertThat(notTaken.document().orElseThrow().get("detail").textValue()).isEqualTo("Kafka is away.");
        assertThat(perhaps.status()).isEqualTo(503);
        assertThat(perhaps.document().orElseThrow().get("detail").textValue())
                .contains("may have been taken", "same requestId, is safe");
    }

    @Test
    void whatIsNotAnsweredYetSaysWhereItWillBe() {
        Answer answer = replied(command -> new Reply.Unanswered());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers()).isEqualTo(Map.of("Location", "/v1/customers/c-1/requests/r"));
        assertThat(answer.document().orElseThrow().get("status").textValue()).isEqualTo("ACCEPTED");
    }

    private static Answer replied(java.util.function.Function<Command, Reply> reply) {
        return post(new RecordingChannel(reply), STATE, CHANGE, List.of());
    }

    private static Answer oddlyReplied(java.util.function.Function<Command, Reply> reply) {
        return RestCalls.withOddReplies(new RecordingChannel(reply)).post(STATE, CHANGE, List.of());
    }

    /** What is asked for by a pending and a date, each absent if empty. */
    private static Instruction update(String pending, String date) {
        return instruction(
                (pending.isEmpty() ? "" : ",\"pending\":" + pending)
                        + (date.isEmpty() ? "" : ",\"stateValidFrom\":" + date),
                "");
    }

    private static Instruction instruction(String moreOfState, String more) {
        return sent(STATE, CHANGE.replace("}}", moreOfState + "}" + more + "}")).instruction();
    }

    private static ChangeState change(Optional<Instant> date) {
        return new ChangeState(SUSPENDED, REASON, date, false, Optional.empty());
    }

    private static ConfirmChange confirmation(Optional<Instant> date) {
        return new ConfirmChange(SUSPENDED, REASON, date, Optional.empty(), Optional.empty());
    }

    private static Command sent(String path, String body) {
        return post(path, body, List.of()).commands().get(0);
    }

    private static RecordingChannel post(String path, String body, List<String> headers) {
        RecordingChannel channel = RecordingChannel.silent();
        post(channel, path, body, headers);
        return channel;
    }

    private static Answer post(RecordingChannel channel, String path, String body, List<String> headers) {
        return new RestCalls(channel, new StubQueries().granted("e-1", "c-1")).post(path, body, headers);
    }
}
