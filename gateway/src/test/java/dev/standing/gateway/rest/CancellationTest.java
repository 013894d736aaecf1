package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.Results;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.reply.Reply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code DELETE /v1/customers/{customerId}/changes/{changeId}}. */
class CancellationTest {

    private static final Map<String, String> PATH = Map.of("customerId", "c-1", "changeId", "c-1:2");

    private final RecordingChannel channel = new RecordingChannel(
            command -> new Reply.Decided(Results.success(command, ResultStatus.CANCELLED, CustomerState.ACTIVE)));

    @Test
    void exactlyThatChangeIsCancelled() {
        Answer answer = delete(channel, PATH, "Idempotency-Key", "r", "If-Match", "\"3\"");

        Command command = channel.commands().get(0);
        assertThat(command.customerId()).isEqualTo("c-1");
        assertThat(command.customerExternalId()).isEmpty();
        assertThat(command.origin().requestId()).hasValue("r");
        assertThat(command.expectedVersion()).hasValue(3);
        assertThat(command.instruction())
                .isEqualTo(new CancelChange(new ChangeSelection.ById("c-1:2"), Optional.empty()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("ETag", "\"3\"");
        assertThat(answer.document().orElseThrow().get("status").textValue()).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({
        "c-1, c-1:2, '', '', Idempotency-Key, is missing",
        "c-1, c-1:2, Idempotency-Key, ' ', Idempotency-Key, Idempotency-Key: An id has",
        "' c', c-1:2, Idempotency-Key, r, customerId, customerId: An id has",
        "c-1, ' ', Idempotency-Key, r, changeId, changeId: The id of a change"
    })
    void aMalformedOneIsRefusedByTheNameOfItsPartAndNotSent(
            String customerId, String changeId, String header, String value, String field, String detail) {
        String[] headers = header.isEmpty() ? new String[0] : new String[] {header, value};

        Answer answer = delete(channel, Map.of("customerId", customerId, "changeId", changeId), headers);

        assertRefused(answer, field, detail);
    }

    @Test
    void aMalformedVersionAndAnUnknownParameterAreRefused() {
        assertRefused(delete(channel, PATH, "Idempotency-Key", "r", "If-Match", "3"), "If-Match", "one version");
        assertRefused(
                new RestCalls(channel, new StubQueries())
                        .delete(RestPaths.CHANGE + "?force=true", PATH, "Idempotency-Key", "r"),
                "force",
                "force is unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_PENDING_CHANGE, changeId, 409, changeId",
        "UNKNOWN_CUSTOMER, customerId, 404, customerId",
        "VERSION_CONFLICT, expectedVersion, 409, If-Match",
        "REQUEST_ID_REUSED, requestId, 409, Idempotency-Key"
    })
    void aRejectionNamesThePartOfTheRequest(RejectionCode code, String member, int status, String field) {
        RecordingChannel rejecting =
                new RecordingChannel(command -> new Reply.Decided(Results.rejected(command, code, member)));

        Answer answer = delete(rejecting, PATH, "Idempotency-Key", "r");

        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(problem.get("code").textValue()).isEqualTo(code.name());
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("requestId").textValue()).isEqualTo("r");
    }

    private void assertRefused(Answer answer, String field, String detail) {
        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(problem.get("code").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("detail").textValue()).contains(detail);
        assertThat(channel.commands()).isEmpty();
    }

    private static Answer delete(RecordingChannel channel, Map<String, String> path, String... headers) {
        return new RestCalls(channel, new StubQueries()).delete(RestPaths.CHANGE, path, headers);
    }
}
