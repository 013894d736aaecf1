package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerState;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.Results;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.query.QueryFailure;
import dev.standing.gateway.reply.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Writes that name their customer by externalId. */
class NamedByExternalIdTest {

    private static final String CHANGE = "{\"requestId\":\"r\",\"customer\":{\"externalId\":\"e-1\"},\"state\":"
            + "{\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\"}}";

    private final RecordingChannel channel = RecordingChannel.silent();
    private final StubQueries queries = new StubQueries();
    private final RestCalls calls = new RestCalls(channel, queries);

    @Test
    void anExternalIdThatNobodyHasIsUnknownAndNothingIsSent() {
        Answer answer = change();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.document().orElseThrow().toString())
                .isEqualTo("{\"type\":\"urn:standing:problem:unknown-customer\",\"title\":\"Unknown customer\","
                        + "\"status\":404,\"detail\":\"Nobody.\",\"code\":\"UNKNOWN_CUSTOMER\","
                        + "\"field\":\"customer.externalId\",\"requestId\":\"r\"}");
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void whatCannotBeLookedUpNowIsToBeTriedAgainAndNothingIsSent() {
        queries.failing(new QueryFailure.Unavailable("Nobody answers."));

        Answer answer = change();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "1");
        assertThat(answer.document().orElseThrow().get("detail").textValue())
                .isEqualTo("Nobody answers. Nothing was recorded.");
        assertThat(answer.document().orElseThrow().get("requestId").textValue()).isEqualTo("r");
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void whatAProcessorRefusesToLookUpIsBlamedOnTheBody() {
        queries.failing(new QueryFailure.Refused(Optional.of("externalId"), "No such id."));

        Answer answer = change();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.document().orElseThrow().get("field").textValue()).isEqualTo("customer.externalId");
    }

    @Test
    void aMalformedUpdateIsRefusedBeforeAnybodyIsAsked() {
        calls.post(RestPaths.STATE, CHANGE.replace("SUSPENDED", "x"), List.of());

        assertThat(queries.asked()).isEmpty();
    }

    @Test
    void whatAResultHasProvenIsNotAskedForAgain() {
        queries.granted("e-1", "c-1");
        RecordingChannel applying = new RecordingChannel(command ->
                new Reply.Decided(Results.of(command, ResultStatus.APPLIED, CustomerState.SUSPENDED, "e-1")));
        RestCalls changing = new RestCalls(applying, queries);

        changing.post(RestPaths.STATE, CHANGE, List.of());
        changing.post(RestPaths.STATE, CHANGE, List.of());

        assertThat(queries.asked()).containsExactly("externalId e-1");
        assertThat(applying.commands())
                .extracting(command -> command.customerId())
                .containsExactly("c-1", "c-1");
    }

    @Test
    void whatWasNotFoundIsAskedForAgain() {
        change();
        queries.granted("e-1", "c-1");
        change();

        assertThat(channel.commands()).hasSize(1);
    }

    @Test
    void whoeverRegisteredACustomerMayNameItByItsExternalIdAtOnce() {
        RecordingChannel granting = new RecordingChannel(command -> new Reply.Decided(Results.of(
                command,
                command.instruction() instanceof RegisterCustomer ? ResultStatus.REGISTERED : ResultStatus.APPLIED,
                CustomerState.ACTIVE,
                "e-1")));
        RestCalls registering = new RestCalls(granting, queries);

        registering.post(
                RestPaths.CUSTOMERS, "{\"requestId\":\"r\",\"customerId\":\"c-1\",\"externalId\":\"e-1\"}", List.of());
        Answer answer = registering.post(RestPaths.STATE, CHANGE, List.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(granting.commands().get(1).customerId()).isEqualTo("c-1");
        assertThat(queries.asked()).isEmpty();
    }

    private Answer change() {
        return calls.post(RestPaths.STATE, CHANGE, List.of());
    }
}
