package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.Results;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.reply.Reply;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST .../subordinates} and {@code DELETE .../subordinates/{type}/{id}}. */
class SubordinateWritesTest {

    private static final Map<String, String> CUSTOMER = Map.of("customerId", "c/1");
    private static final Map<String, String> SUBORDINATE = Map.of("customerId", "c/1", "type", "ACCOUNT", "id", "a/1");
    private static final SubordinateRef ACCOUNT = new SubordinateRef(SubordinateType.ACCOUNT, "a/1");
    private static final SubordinateRef SUBSCRIPTION = new SubordinateRef(SubordinateType.SUBSCRIPTION, "s");

    private final RecordingChannel channel = deciding(ResultStatus.REGISTERED);

    @Test
    void aListIsOneCommand() {
        Answer answer = register(
                channel,
                "[{'type':'ACCOUNT','id':'a/1'},{'type':'SUBSCRIPTION','id':'s','parent':"
                        + "{'type':'ACCOUNT','id':'a/1'},'state':'BLOCKED','stateReason':'fraud'}]");

        Command command = channel.commands().get(0);
        assertThat(command.customerId()).isEqualTo("c/1");
        assertThat(command.origin().requestId()).hasValue("r");
        assertThat(((RegisterSubordinates) command.instruction()).subordinates())
                .containsExactly(
                        new RegisteredSubordinate(
                                ACCOUNT,
                                Optional.empty(),
                                dev.standing.domain.customer.CustomerState.ACTIVE,
                                Optional.empty()),
                        new RegisteredSubordinate(
                                SUBSCRIPTION,
                                Optional.of(ACCOUNT),
                                dev.standing.domain.customer.CustomerState.BLOCKED,
                                Optional.of("fraud")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).isEqualTo(Map.of("Location", "/v1/customers/c%2F1/subordinates", "ETag", "\"3\""));
    }

    @Test
    void aNullCountsAsLeftOut() {
        register(channel, "[{'type':'ACCOUNT','id':'a/1','parent':null,'state':null,'stateReason':null}]");
        register(channel, "[{'type':'ACCOUNT','id':'a/1'}]");

        assertThat(channel.commands().get(0).instruction())
                .isEqualTo(channel.commands().get(1).instruction());
    }

    @Test
    void headersGiveTheRequestIdAndTheVersion() {
        new RestCalls(channel, new StubQueries())
                .post(
                        RestPaths.SUBORDINATES,
                        CUSTOMER,
                        "{\"subordinates\":[{\"type\":\"ACCOUNT\",\"id\":\"a\"}]}",
                        "Idempotency-Key",
                        "key",
                        "If-Match",
                        "\"12\"");

        Command command = channel.commands().get(0);
        assertThat(command.origin().requestId()).hasValue("key");
        assertThat(command.expectedVersion()).hasValue(12);
    }

    @Test
    void aThousandAreTakenAndNotOneMore() {
        String one = "{'type':'ACCOUNT','id':'a'}";

        Answer most = register(channel, "[" + String.join(",", Collections.nCopies(1_000, one)) + "]");
        Answer more = register(channel, "[" + String.join(",", Collections.nCopies(1_001, one)) + "]");

        assertThat(most.status()).isEqualTo(201);
        assertRefused(more, "subordinates", "1 to 1000 subordinates are registered at once, not 1001");
        assertThat(channel.commands()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | subordinates | subordinates: 1 to 1000",
                "null | subordinates | must be an array, not null",
                "{} | subordinates | must be an array, not an object",
                "[7] | subordinates[0] | subordinates[0] must be an object, not a number",
                "[@,null] | subordinates[1] | must be an object, not null",
                "[@,@,@,{'type':'ACCOUNT','id':'a','stat':'ACTIVE'}] | subordinates[3].stat | is unknown",
                "[{'id':'a'}] | subordinates[0].type | is missing",
                "[{'type':'account','id':'a'}] | subordinates[0].type | one of ACCOUNT, SUBSCRIBER, SUBSCRIPTION",
                "[{'type':'CUSTOMER','id':'a'}] | subordinates[0].type | must be one of",
                "[{'type':'UNKNOWN','id':'a'}] | subordinates[0].type | must be one of",
                "[{'type':'ACCOUNT'}] | subordinates[0].id | is missing",
                "[{'type':'ACCOUNT','id':7}] | subordinates[0].id | must be a string, not a number",
                "[@,{'type':'ACCOUNT','id':' a'}] | subordinates | subordinates[1]: An id has",
                "[{'type':'ACCOUNT','id':'a','parent':'b'}] | subordinates[0].parent | must be an object",
                "[{'type':'ACCOUNT','id':'a','parent':{}}] | subordinates[0].parent.type | is missing",
                "[{'type':'ACCOUNT','id':'a','parent':{'type':'ACCOUNT'}}] | subordinates[0].parent.id | is missing",
                "[{'type':'ACCOUNT','id':'a','parent':{'ref':'b'}}] | subordinates[0].parent.ref | is unknown",
                "[{'type':'ACCOUNT','id':'a','parent':{'type':'ACCOUNT','id':''}}] | subordinates | "
                        + "subordinates[0].parent: An id has",
                "[{'type':'ACCOUNT','id':'a','state':'active'}] | subordinates[0].state | must be one of INACTIVE",
                "[{'type':'ACCOUNT','id':'a','state':1}] | subordinates[0].state | must be a string",
                "[{'type':'ACCOUNT','id':'a','stateReason':1}] | subordinates[0].stateReason | must be a string",
                "[{'type':'ACCOUNT','id':'a','stateReason':' '}] | subordinates | subordinates[0]: A reason has",
                "[{'type':'ACCOUNT','id':'a','id':'b'}] | subordinates[0].id | Duplicate"
            })
    void aMalformedRegistrationIsRefusedByTheNameOfItsPartAndNotSent(String list, String field, String detail) {
        assertRefused(register(channel, list.replace("@", "{'type':'ACCOUNT','id':'ok'}")), field, detail);
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void otherMembersAndParametersAreRefused() {
        String list = "\"subordinates\":[{\"type\":\"ACCOUNT\",\"id\":\"a\"}]";

        assertRefused(post(RestPaths.SUBORDINATES, "{\"requestId\":\"r\"}"), "subordinates", "is missing");
        assertRefused(post(RestPaths.SUBORDINATES, "{" + list + "}"), "requestId", "is missing");
        assertRefused(
                post(RestPaths.SUBORDINATES, "{\"requestId\":\"r\",\"subordinate\":{}," + list + "}"),
                "subordinate",
                "is unknown");
        assertRefused(
                post(RestPaths.SUBORDINATES + "?dryRun=1", "{\"requestId\":\"r\"," + list + "}"),
                "dryRun",
                "is unknown");
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void exactlyThatSubordinateIsRemoved() {
        RecordingChannel removing = deciding(ResultStatus.REMOVED);

        Answer answer = delete(removing, SUBORDINATE, "Idempotency-Key", "r", "If-Match", "\"3\"");

        Command command = removing.commands().get(0);
        assertThat(command.customerId()).isEqualTo("c/1");
        assertThat(command.origin().requestId()).hasValue("r");
        assertThat(command.expectedVersion()).hasValue(3);
        assertThat(command.instruction()).isEqualTo(new RemoveSubordinate(ACCOUNT));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"3\""));
        assertThat(answer.document().orElseThrow().get("status").textValue()).isEqualTo("REMOVED");
    }

    @ParameterizedTest
    @CsvSource({
        "type, account, 'must be one of ACCOUNT, SUBSCRIBER, SUBSCRIPTION'",
        "type, UNKNOWN, must be one of",
        "id, ' a', id: An id has",
        "customerId, ' c', customerId: An id has"
    })
    void aMalformedRemovalIsRefusedByTheNameOfItsPartAndNotSent(String field, String value, String detail) {
        Map<String, String> path = new HashMap<>(SUBORDINATE);
        path.put(field, value);

        assertRefused(delete(channel, path, "Idempotency-Key", "r"), field, detail);
        assertRefused(delete(channel, SUBORDINATE), "Idempotency-Key", "is missing");
        assertThat(channel.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, subordinates, 400, subordinates",
        "UNKNOWN_CUSTOMER, customerId, 404, customerId",
        "CUSTOMER_DEACTIVATED, , 409,",
        "VERSION_CONFLICT, expectedVersion, 409, If-Match",
        "REQUEST_ID_REUSED, requestId, 409, requestId",
        "UNKNOWN_REASON, subordinates, 422, subordinates",
        "INVALID_HIERARCHY, subordinates, 422, subordinates"
    })
    void aRejectedRegistrationNamesThePartOfTheRequest(RejectionCode code, String member, int status, String field) {
        assertRejected(register(rejecting(code, member), "[{'type':'ACCOUNT','id':'a'}]"), code, status, field);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, subordinateType, 400, type",
        "UNKNOWN_CUSTOMER, customerId, 404, customerId",
        "UNKNOWN_SUBORDINATE, id, 404, id",
        "CUSTOMER_DEACTIVATED, , 409,",
        "VERSION_CONFLICT, expectedVersion, 409, If-Match",
        "REQUEST_ID_REUSED, requestId, 409, Idempotency-Key",
        "INVALID_HIERARCHY, id, 422, id"
    })
    void aRejectedRemovalNamesThePartOfTheRequest(RejectionCode code, String member, int status, String field) {
        assertRejected(delete(rejecting(code, member), SUBORDINATE, "Idempotency-Key", "r"), code, status, field);
    }

    @Test
    void whatIsNotAnsweredYetSaysWhereItWillBe() {
        RecordingChannel silent = RecordingChannel.silent();

        Answer registered = register(silent, "[{'type':'ACCOUNT','id':'a'}]");
        Answer removed = delete(silent, SUBORDINATE, "Idempotency-Key", "r");

        assertThat(registered.status()).isEqualTo(202);
        assertThat(registered.headers()).isEqualTo(Map.of("Location", "/v1/customers/c%2F1/requests/r"));
        assertThat(removed.status()).isEqualTo(202);
    }

    private static RecordingChannel deciding(ResultStatus status) {
        return new RecordingChannel(
                command -> new Reply.Decided(Results.success(command, status, CustomerState.ACTIVE)));
    }

    private static RecordingChannel rejecting(RejectionCode code, String member) {
        return new RecordingChannel(command -> new Reply.Decided(Results.rejected(command, code, member)));
    }

    /** A list in which apostrophes stand for quotation marks. */
    private static Answer register(RecordingChannel channel, String list) {
        String body = "{\"requestId\":\"r\",\"subordinates\":" + list.replace('\'', '"') + "}";
        return new RestCalls(channel, new StubQueries()).post(RestPaths.SUBORDINATES, CUSTOMER, body);
    }

    private Answer post(String pathAndQuery, String body) {
        return new RestCalls(channel, new StubQueries()).post(pathAndQuery, CUSTOMER, body);
    }

    private static Answer delete(RecordingChannel channel, Map<String, String> path, String... headers) {
        return new RestCalls(channel, new StubQueries()).delete(RestPaths.SUBORDINATE, path, headers);
    }

    private static void assertRefused(Answer answer, String field, String detail) {
        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(problem.get("code").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("detail").textValue()).contains(detail);
    }

    private static void assertRejected(Answer answer, RejectionCode code, int status, String field) {
        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(problem.get("code").textValue()).isEqualTo(code.name());
        assertThat(problem.path("field").textValue()).isEqualTo(field);
        assertThat(problem.get("requestId").textValue()).isEqualTo("r");
    }
}
