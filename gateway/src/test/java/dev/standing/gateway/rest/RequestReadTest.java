package dev.standing.gateway.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.gateway.query.QueryFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReadTest {

    private static final Map<String, String> PATH = Map.of("customerId", "c-1", "requestId", "r-1");
    private static final String ASKED = "request c-1 unauthenticated r-1";

    private final StubQueries queries = new StubQueries();
    private final RestCalls calls = new RestCalls(RecordingChannel.silent(), queries);

    @Test
    void whatWasDoneIsAnsweredAsTheWriteWasButAsSeenBefore() {
        knows("\"status\":\"REGISTERED\",\"replayed\":true,\"customer\":{\"customerId\":\"c-1\",\"version\":1}");

        Answer answer = calls.get(RestPaths.REQUEST, PATH);

        assertThat(answer)
                .isEqualTo(Answer.json(
                        200,
                        json("{\"requestId\":\"r-1\",\"commandId\":\"cmd\",\"status\":\"REGISTERED\",\"replayed\":true,"
                                + "\"customer\":{\"customerId\":\"c-1\",\"version\":1}}")));
        assertThat(queries.asked()).containsExactly(ASKED);
    }

    @Test
    void whatWasTurnedDownIsFoundToo() {
        knows("\"status\":\"REJECTED\",\"replayed\":true,\"code\":\"UNKNOWN_CUSTOMER\",\"message\":\"Nobody.\","
                + "\"field\":\"customerId\"");

        assertThat(calls.get(RestPaths.REQUEST, PATH))
                .isEqualTo(Answer.json(
                        200,
                        json("{\"requestId\":\"r-1\",\"commandId\":\"cmd\",\"status\":\"REJECTED\",\"replayed\":true,"
                                + "\"code\":\"UNKNOWN_CUSTOMER\",\"detail\":\"Nobody.\",\"field\":\"customerId\","
                                + "\"decidedAt\":\"2026-03-01T12:00:00Z\"}")));
    }

    @ParameterizedTest
    @CsvSource({
        "state, state.state",
        "stateReason, state.stateReason",
        "validFrom, state.stateValidFrom",
        "expectedVersion, If-Match",
        "customerExternalId, customer.externalId",
        "externalId, externalId",
        "subordinates, subordinates",
        "subordinateType, type",
        "changeId, changeId"
    })
    void whatIsToBlameHasTheNameThatRestGivesIt(String field, String name) {
        knows("\"status\":\"REJECTED\",\"code\":\"X\",\"message\":\"No.\",\"field\":\"" + field + "\"");

        assertThat(calls.get(RestPaths.REQUEST, PATH)
                        .document()
                        .orElseThrow()
                        .get("field")
                        .textValue())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"null", "'\"source\"'", "'\"ofALaterVersion\"'"})
    void nothingIsToBlameThatRestHasNoNameFor(String field) {
        knows("\"status\":\"REJECTED\",\"code\":\"X\",\"message\":\"No.\",\"field\":" + field);

        assertThat(calls.get(RestPaths.REQUEST, PATH).document().orElseThrow().has("field"))
                .isFalse();
    }

    @Test
    void whatHasNoResultIsToBeAskedForAgain() {
        Answer answer = calls.get(RestPaths.REQUEST, PATH);

        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.headers()).isEqualTo(Map.of("Retry-After", "1"));
        assertThat(problem.get("code").textValue()).isEqualTo("UNKNOWN_REQUEST");
        assertThat(problem.get("detail").textValue()).isEqualTo("Nobody.");
        assertThat(problem.get("requestId").textValue()).isEqualTo("r-1");
    }

    @Test
    void whatNobodyCanTellNowIsToBeAskedForAgain() {
        queries.failing(new QueryFailure.Unavailable("Nobody answers."));

        Answer answer = calls.get(RestPaths.REQUEST, PATH);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).isEqualTo(Map.of("Retry-After", "1"));
        assertThat(answer.document().orElseThrow().get("code").textValue()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void aResultThatOnlyALaterVersionCanReadIsNotGuessedAt() {
        knows("\"status\":\"UNKNOWN\",\"replayed\":true,\"customer\":null");

        Answer answer = calls.get(RestPaths.REQUEST, PATH);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.document().orElseThrow().get("code").textValue()).isEqualTo("INTERNAL_ERROR");
        assertThat(answer.document().orElseThrow().get("commandId").textValue()).isEqualTo("cmd");
    }

    @Test
    void anotherSourceMayBeNamed() {
        calls.get(RestPaths.REQUEST + "?source=a%20b", PATH);

        assertThat(queries.asked()).containsExactly("request c-1 a b r-1");
    }

    @Test
    void whoeverNamesNoSourceAsksForItsOwnRequests() {
        ask("", Role.WRITE);
        ask("source=shop", Role.READ);

        assertThat(queries.asked()).containsExactly("request c-1 shop r-1", "request c-1 shop r-1");
    }

    @Test
    void onlyAnAdministratorMayAskForRequestsOfOthers() {
        Answer refused = ask("source=bank", Role.READ, Role.WRITE);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.document().orElseThrow().get("code").textValue()).isEqualTo("FORBIDDEN");
        assertThat(queries.asked()).isEmpty();

        ask("source=bank", Role.ADMIN);

        assertThat(queries.asked()).containsExactly("request c-1 bank r-1");
    }

    private Answer ask(String query, Role... roles) {
        Caller shop = new Caller("key", "shop", Set.of(roles));
        return new RequestRead(queries)
                .answer(new Request(PATH, query, Map.of(), new byte[0]).from(shop))
                .join();
    }

    @ParameterizedTest
    @CsvSource({"source=, source", "source=a&source=b, source", "source=%zz, source", "Source=a, Source", "asOf=x, asOf"
    })
    void aMalformedParameterIsRefusedByItsNameAndNobodyIsAsked(String query, String field) {
        Answer answer = calls.get(RestPaths.REQUEST + "?" + query, PATH);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.document().orElseThrow().get("code").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.document().orElseThrow().get("field").textValue()).isEqualTo(field);
        assertThat(queries.asked()).isEmpty();
    }

    @Test
    void whatAProcessorRefusesIsRelayed() {
        queries.failing(new QueryFailure.Refused(Optional.of("requestId"), "Too long."));

        Answer answer = calls.get(RestPaths.REQUEST, PATH);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.document().orElseThrow().get("field").textValue()).isEqualTo("requestId");
    }

    /** What a processor answers, with these members beside those that all results have. */
    private void knows(String members) {
        queries.result(
                "c-1",
                "unauthenticated",
                "r-1",
                json(
                        "{\"requestId\":\"r-1\",\"commandId\":\"cmd\",\"customerId\":\"c-1\",\"source\":\"unauthenticated\","
                                + members + ",\"policyVersion\":\"p-1\",\"decidedAt\":\"2026-03-01T12:00:00Z\"}"));
    }

    private static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }
}
