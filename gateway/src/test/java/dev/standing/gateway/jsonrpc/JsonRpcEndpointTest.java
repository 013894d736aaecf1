package dev.standing.gateway.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.RefusedRequests;
import dev.standing.gateway.Results;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.docs.ApiContract;
import dev.standing.gateway.docs.Exchange;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Method;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcEndpointTest {

    static Stream<RefusedRequests.Rpc> refused() {
        return RefusedRequests.rpc();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aMalformedCallIsAnErrorAndNotSent(RefusedRequests.Rpc refused) {
        RecordingChannel channel = RecordingChannel.silent();

        Answer answer = post(channel, refused.body());

        JsonNode body = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(body.get("id").toString()).isEqualTo(refused.id());
        assertThat(body.at("/error/code").intValue()).isEqualTo(refused.code());
        assertThat(body.at("/error/data/field").asText()).isEqualTo(refused.field());
        assertThat(body.at("/error/data/code").asText()).isEqualTo(refused.code() == -32602 ? "INVALID_REQUEST" : "");
        assertThat(body.has("result")).isFalse();
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void anErrorHasTheShapeOfTheContract() {
        Answer answer = post(RecordingChannel.silent(), call("\"id\":\"1\"", "\"ID\":\"c\",\"status\":\"x\""));

        assertThat(answer.document().orElseThrow().toString())
                .isEqualTo("{\"id\":\"1\",\"error\":{\"code\":-32602,\"message\":\"params.payload.status must be one of"
                        + " IN_ACTIVE, ACTIVE, DORMANT, SUSPENDED, BLOCKED, BLACK_LISTED, not \\\"x\\\"\",\"data\":"
                        + "{\"code\":\"INVALID_REQUEST\",\"field\":\"params.payload.status\"}}}");
    }

    @Test
    void aCallChangesTheStateAtOnceForThePolicysReason() {
        RecordingChannel channel = RecordingChannel.silent();

        post(channel, call("\"id\":1", "\"ID\":\"c\",\"status\":\"BLACK_LISTED\",\"notes\":\"n\""));

        Command command = channel.commands().get(0);
        assertThat(command.customerId()).isEqualTo("c");
        assertThat(command.origin().requestId()).isEmpty();
        assertThat(command.origin().source()).isEqualTo("unauthenticated");
        assertThat(command.instruction())
                .isEqualTo(new ChangeState(
                        dev.standing.domain.customer.CustomerState.BLACKLISTED,
                        new ReasonChoice.PolicyDefault(),
                        Optional.empty(),
                        false,
                        Optional.of("n")));
    }

    @Test
    void membersOfThePayloadAreSpelledInAnyLetterCase() {
        RecordingChannel channel = RecordingChannel.silent();

        post(channel, call("\"id\":1", "\"id\":\"c\",\"Id\":\"c\",\"Status\":\"DORMANT\",\"STATUS\":\"DORMANT\""));

        assertThat(channel.commands()).extracting(Command::customerId).containsExactly("c");
    }

    @Test
    void theIdempotencyKeyIsTheRequestIdAndTheIdIsNot() {
        RecordingChannel channel = RecordingChannel.silent();
        Request request = new Request(
                Map.of(),
                "",
                Map.of("Idempotency-Key", List.of("key")),
                bytes(call("\"id\":\"1\"", "\"ID\":\"c\",\"status\":\"ACTIVE\"")));

        JsonRpcEndpoint.netXd(channel).answer(request).join();

        assertThat(channel.commands().get(0).origin().requestId()).hasValue("key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "\"\"", "7", "-1", "1.0", "12345678901234567890123", "null"})
    void anIdIsGivenBackAsItCame(String id) {
        Answer answer = post(success(CustomerState.ACTIVE), call("\"id\":" + id, "\"ID\":\"c\",\"status\":\"ACTIVE\""));

        assertThat(answer.document().orElseThrow().toString())
                .isEqualTo("{\"id\":" + id + ",\"result\":{\"Id\":\"c\",\"Status\":\"ACTIVE\"}}");
    }

    @Test
    void theVersionIsSaidBackIfItWasSaid() {
        Answer answer = post(
                success(CustomerState.ACTIVE),
                call("\"jsonrpc\":\"2.0\",\"id\":1", "\"ID\":\"c\",\"status\":\"ACTIVE\""));

        assertThat(answer.document().orElseThrow().toString()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":");
    }

    @ParameterizedTest
    @CsvSource({
        "INACTIVE,IN_ACTIVE",
        "ACTIVE,ACTIVE",
        "DORMANT,DORMANT",
        "SUSPENDED,SUSPENDED",
        "BLOCKED,BLOCKED",
        "BLACKLISTED,BLACK_LISTED"
    })
    void statesHaveTheVendorsSpelling(CustomerState state, String spelling) {
        RecordingChannel channel = success(state);

        Answer answer = post(channel, call("\"id\":1", "\"ID\":\"c\",\"status\":\"" + spelling + "\""));

        assertThat(answer.document().orElseThrow().at("/result/Status").textValue())
                .isEqualTo(spelling);
        assertThat(((ChangeState) channel.commands().get(0).instruction())
                        .state()
                        .name())
                .isEqualTo(state.name());
    }

    @ParameterizedTest
    @EnumSource(RejectionCode.class)
    void aRejectionSaysItsCode(RejectionCode code) {
        Answer answer = post(
                new RecordingChannel(command -> new Reply.Decided(Results.rejected(command, code, "customerId"))),
                call("\"id\":1", "\"ID\":\"c\",\"status\":\"ACTIVE\""));

        JsonNode error = answer.document().orElseThrow().get("error");
        assertThat(error.get("code").intValue()).isEqualTo(code == RejectionCode.INVALID_REQUEST ? -32602 : -32002);
        assertThat(error.at("/data/code").textValue()).isEqualTo(code.name());
        assertThat(error.at("/data/field").textValue()).isEqualTo("params.payload.ID");
    }

    @Test
    void whatHasNoResultSaysWhy() {
        assertThat(errorOf(command -> new Reply.Unanswered())).isEqualTo(-32003);
        assertThat(errorOf(command -> new Reply.NotTaken("away"))).isEqualTo(-32004);
        assertThat(errorOf(command -> new Reply.PerhapsTaken())).isEqualTo(-32004);
        assertThat(errorOf(command -> new Reply.Unreadable())).isEqualTo(-32603);
        assertThat(errorOf(command ->
                        new Reply.Decided(Results.success(command, ResultStatus.UNKNOWN, CustomerState.ACTIVE))))
                .isEqualTo(-32603);
    }

    @Test
    void aNotificationIsCarriedOutAndNotAnswered() {
        RecordingChannel channel = RecordingChannel.silent();

        Answer answer = post(channel, call("\"jsonrpc\":\"2.0\"", "\"ID\":\"c\",\"status\":\"ACTIVE\""));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.document()).isEmpty();
        assertThat(channel.commands()).hasSize(1);
    }

    @Test
    void aBatchIsSentInItsOrderAndAnsweredWithoutItsNotifications() {
        RecordingChannel channel = success(CustomerState.ACTIVE);
        String good = "\"ID\":\"%s\",\"status\":\"ACTIVE\"";

        Answer answer = post(
                channel,
                "[" + call("\"id\":1", good.formatted("a")) + ",1,"
                        + call("\"jsonrpc\":\"2.0\"", good.formatted("b")) + ","
                        + call("\"jsonrpc\":\"2.0\"", "\"ID\":\"x\"") + ","
                        + call("\"id\":2", "\"ID\":\"y\"") + ","
                        + call("\"id\":3", good.formatted("c")) + "]");

        assertThat(channel.commands()).extracting(Command::customerId).containsExactly("a", "b", "c");
        JsonNode body = answer.document().orElseThrow();
        assertThat(body).hasSize(4);
        assertThat(body.at("/0/result/Id").textValue()).isEqualTo("a");
        assertThat(body.at("/1/id").isNull()).isTrue();
        assertThat(body.at("/1/error/code").intValue()).isEqualTo(-32600);
        assertThat(body.at("/2/error/code").intValue()).isEqualTo(-32602);
        assertThat(body.at("/3/id").intValue()).isEqualTo(3);
    }

    @Test
    void aBatchOfNotificationsHasNoAnswer() {
        String notification = call("\"jsonrpc\":\"2.0\"", "\"ID\":\"c\",\"status\":\"ACTIVE\"");

        assertThat(post(RecordingChannel.silent(), "[" + notification + "," + notification + "]")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void whatFollowsACallThatWasNotTakenIsNotTried() {
        RecordingChannel channel = new RecordingChannel(
                command -> command.customerId().equals("b") ? new Reply.NotTaken("away") : new Reply.Unanswered());
        String batch = Stream.of("a", "b", "c")
                .map(id -> call("\"id\":\"" + id + "\"", "\"ID\":\"" + id + "\",\"status\":\"ACTIVE\""))
                .collect(Collectors.joining(",", "[", "]"));

        JsonNode answers = post(channel, batch).document().orElseThrow();

        assertThat(channel.commands()).extracting(Command::customerId).containsExactly("a", "b");
        assertThat(answers.findValuesAsText("code")).containsExactly("-32003", "-32004", "-32004");
    }

    @Test
    void aBatchThatIsTooLongIsRefusedAsAWhole() {
        RecordingChannel channel = RecordingChannel.silent();
        String batch = Stream.generate(() -> call("\"id\":1", "\"ID\":\"c\",\"status\":\"ACTIVE\""))
                .limit(101)
                .collect(Collectors.joining(",", "[", "]"));

        Answer answer = post(channel, batch);

        assertThat(answer.document().orElseThrow().at("/error/code").intValue()).isEqualTo(-32600);
        assertThat(answer.document().orElseThrow().at("/error/message").textValue())
                .contains("100");
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void anIdempotencyKeyIsNotForBatches() {
        RecordingChannel channel = RecordingChannel.silent();
        Request request = new Request(
                Map.of(),
                "",
                Map.of("idempotency-key", List.of("key")),
                bytes("[" + call("\"id\":1", "\"ID\":\"c\",\"status\":\"ACTIVE\"") + "]"));

        Answer answer = JsonRpcEndpoint.netXd(channel).answer(request).join();

        assertThat(answer.document().orElseThrow().at("/error/code").intValue()).isEqualTo(-32600);
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void noCallOvertakesOneThatIsToComeAgainLater() {
        RecordingChannel channel = RecordingChannel.silent();
        AtomicInteger calls = new AtomicInteger();
        JsonRpcError tooMany = new JsonRpcError(
                JsonRpcError.UNAVAILABLE,
                "Too many.",
                Optional.of("TOO_MANY_REQUESTS"),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(1)));
        RpcEntrance onlyTheSecondIsHeldBack = (credentials, payload) -> calls.incrementAndGet() == 2
                ? new RpcEntrance.Decision.Away(tooMany)
                : new RpcEntrance.Decision.In(Caller.ANYBODY, () -> {});
        JsonRpcEndpoint endpoint = new JsonRpcEndpoint(request ->
                Map.of(StatusUpdate.METHOD, new StatusUpdateMethod(channel, onlyTheSecondIsHeldBack, request)));
        String batch = Stream.of("a", "b", "c")
                .map(id -> call("\"id\":\"" + id + "\"", "\"ID\":\"" + id + "\",\"status\":\"ACTIVE\""))
                .collect(Collectors.joining(",", "[", "]"));

        JsonNode answers = endpoint.answer(new Request(Map.of(), "", Map.of(), bytes(batch)))
                .join()
                .document()
                .orElseThrow();

        assertThat(channel.commands()).extracting(Command::customerId).containsExactly("a");
        assertThat(answers.findValuesAsText("retryAfter")).containsExactly("1", "1");
    }

    private static int errorOf(Function<Command, Reply> reply) {
        return post(new RecordingChannel(reply), call("\"id\":1", "\"ID\":\"c\",\"status\":\"ACTIVE\""))
                .document()
                .orElseThrow()
                .at("/error/code")
                .intValue();
    }

    private static RecordingChannel success(CustomerState state) {
        return new RecordingChannel(
                command -> new Reply.Decided(Results.success(command, ResultStatus.APPLIED, state)));
    }

    private static String call(String envelope, String payload) {
        return "{" + envelope + ",\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":{\"payload\":{"
                + payload + "}}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Answer post(RecordingChannel channel, String body) {
        Answer answer = JsonRpcEndpoint.netXd(channel)
                .answer(new Request(Map.of(), "", Map.of(), bytes(body)))
                .join();
        ApiContract.get().checkWithinServer(Exchange.within(Method.POST, JsonRpcEndpoint.PATH, body, answer));
        return answer;
    }
}
