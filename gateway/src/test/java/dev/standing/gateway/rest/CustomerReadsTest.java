package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.query.QueryFailure;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerReadsTest {

    private static final JsonNode CUSTOMER =
            JsonNodeFactory.instance.objectNode().put("customerId", "c-1").put("version", 7);
    private static final JsonNode PAGE =
            JsonNodeFactory.instance.objectNode().put("next", 12).set("events", JsonNodeFactory.instance.arrayNode());
    private static final JsonNode SUBORDINATES = JsonNodeFactory.instance
            .objectNode()
            .putNull("next")
            .set("subordinates", JsonNodeFactory.instance.arrayNode());
    private static final Map<String, String> PATH = Map.of("customerId", "c-1");

    private final StubQueries queries = new StubQueries()
            .customer("c-1", CUSTOMER)
            .page("c-1", PAGE)
            .subordinates("c-1", SUBORDINATES)
            .granted("e-1", "c-1");
    private final RestCalls calls = new RestCalls(RecordingChannel.silent(), queries);

    @Test
    void theCurrentCustomerHasItsVersionAsTag() {
        Answer answer = calls.get(RestPaths.CUSTOMER, PATH);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"7\""));
        assertThat(answer.document()).hasValue(CUSTOMER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "*", " \"1\", \"7\"", "\"7\",W/\"8\""})
    void whoeverHasThatVersionIsToldThatItIsStillSo(String tags) {
        Answer answer = calls.get(RestPaths.CUSTOMER, PATH, "If-None-Match", tags);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"7\""));
        assertThat(answer.document()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "\"77\"", "", "\"*\"", "\"1\" \"2\""})
    void whoeverHasAnotherVersionGetsThisOne(String tags) {
        assertThat(calls.get(RestPaths.CUSTOMER, PATH, "If-None-Match", tags).status())
                .isEqualTo(200);
    }

    @Test
    void anyOfSeveralHeadersMayHoldTheTag() {
        assertThat(calls.get(RestPaths.CUSTOMER, PATH, "If-None-Match", "\"1\"", "If-None-Match", "\"7\"")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "asOf=2024-05-01T00:00:00%2B02:00, 2024-04-30T22:00:00Z -",
        "asOf=2024-05-01T00:00:00+02:00, 2024-04-30T22:00:00Z -",
        "knownAt=2024-05-01T00:00:00.1239Z, - 2024-05-01T00:00:00.123Z",
        "knownAt=2024-05-02T00:00:00Z&asOf=2024-05-01T00:00:00-01:00, 2024-05-01T01:00:00Z 2024-05-02T00:00:00Z"
    })
    void thePastIsAskedForByInstantsAndHasNoTag(String query, String moments) {
        Answer byId = calls.get(RestPaths.CUSTOMER + "?" + query, PATH, "If-None-Match", "*");
        Answer byExternalId = calls.get(RestPaths.CUSTOMERS + "?externalId=e-1&" + query, Map.of());

        assertThat(queries.asked())
                .containsExactly("customer c-1 " + moments, "externalId e-1", "customer c-1 " + moments);
        assertThat(byId.status()).isEqualTo(200);
        assertThat(byId.headers()).isEmpty();
        assertThat(byExternalId).isEqualTo(byId);
    }

    @Test
    void aCustomerIsFoundByItsExternalId() {
        Answer answer = calls.get(RestPaths.CUSTOMERS + "?externalId=e-1", Map.of());

        assertThat(answer.document()).hasValue(CUSTOMER);
        assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"7\""));
    }

    @Test
    void aParameterIsDecodedOnce() {
        calls.get(RestPaths.CUSTOMERS + "?externalId=%252F+%2B%C3%BC%26", Map.of());

        assertThat(queries.asked()).containsExactly("externalId %2F +ü&");
    }

    @ParameterizedTest
    @CsvSource({"'', 0 100", "?after=12, 12 100", "?limit=1000, 0 1000", "?limit=1&after=0, 0 1", "?&after=7&, 7 100"})
    void aPageOfHistoryIsRelayed(String query, String asked) {
        Answer answer = calls.get(RestPaths.EVENTS + query, PATH);

        assertThat(queries.asked()).containsExactly("events c-1 " + asked);
        assertThat(answer).isEqualTo(Answer.json(200, PAGE));
    }

    @ParameterizedTest
    @CsvSource({"'', - 100", "?after=AA_-9, AA_-9 100", "?limit=1000, - 1000", "?limit=1&after=A, A 1"})
    void aPageOfSubordinatesIsRelayed(String query, String asked) {
        Answer answer = calls.get(RestPaths.SUBORDINATES + query, PATH);

        assertThat(queries.asked()).containsExactly("subordinates c-1 " + asked);
        assertThat(answer).isEqualTo(Answer.json(200, SUBORDINATES));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/customers/{customerId}?asof=2024-05-01T00:00:00Z, asof, is unknown",
        "/v1/customers/{customerId}?externalId=e-1, externalId, is unknown",
        "/v1/customers/{customerId}?asOf=2024-05-01, asOf, with an offset",
        "/v1/customers/{customerId}?asOf=2024-05-01T00:00:00, asOf, with an offset",
        "/v1/customers/{customerId}?asOf=, asOf, with an offset",
        "/v1/customers/{customerId}?asOf, asOf, with an offset",
        "/v1/customers/{customerId}?knownAt=1714514400000, knownAt, with an offset",
        "/v1/customers/{customerId}?knownAt=2024-02-30T00:00:00Z, knownAt, with an offset",
        "/v1/customers/{customerId}?asOf=2024-05-01T00:00:00Z&asOf=2024-05-01T00:00:00Z, asOf, stands there twice",
        "/v1/customers/{customerId}?asOf=%zz, asOf, not percent-encoded",
        "/v1/customers/{customerId}?asOf=%4, asOf, not percent-encoded",
        "/v1/customers/{customerId}?asOf=%FF, asOf, not percent-encoded",
        "/v1/customers/{customerId}?%FF=1, %FF=1, not percent-encoded",
        "/v1/customers, externalId, externalId is missing",
        "/v1/customers?externalId=, externalId, externalId is missing",
        "/v1/customers?externalId=a&externalId=b, externalId, stands there twice",
        "/v1/customers?externalId=%C3, externalId, not percent-encoded",
        "/v1/customers?externalId=a&after=1, after, is unknown",
        "/v1/customers?externalId=a&asOf=now, asOf, with an offset",
        "/v1/customers/{customerId}/events?after=-1, after, whole number from 0",
        "/v1/customers/{customerId}/events?after=1.0, after, whole number from 0",
        "/v1/customers/{customerId}/events?after=9999999999999999999, after, whole number from 0",
        "/v1/customers/{customerId}/events?after=, after, whole number from 0",
        "/v1/customers/{customerId}/events?limit=0, limit, whole number from 1 to 1000",
        "/v1/customers/{customerId}/events?limit=1001, limit, whole number from 1 to 1000",
        "/v1/customers/{customerId}/events?limit=%2B1, limit, whole number from 1 to 1000",
        "/v1/customers/{customerId}/events?limit=1&limit=1, limit, stands there twice",
        "/v1/customers/{customerId}/events?asOf=2024-05-01T00:00:00Z, asOf, is unknown",
        "/v1/customers/{customerId}/subordinates?limit=0, limit, whole number from 1 to 1000",
        "/v1/customers/{customerId}/subordinates?limit=1001, limit, whole number from 1 to 1000",
        "/v1/customers/{customerId}/subordinates?after=, after, as it was",
        "/v1/customers/{customerId}/subordinates?after=a%20b, after, as it was",
        "/v1/customers/{customerId}/subordinates?after=a&after=a, after, stands there twice",
        "/v1/customers/{customerId}/subordinates?type=ACCOUNT, type, is unknown",
        "/v1/customers/{customerId}/subordinates?asOf=2024-05-01T00:00:00Z, asOf, is unknown"
    })
    void aMalformedParameterIsRefusedByItsNameAndNobodyIsAsked(String path, String field, String detail) {
        Answer answer = calls.get(path, path.contains("{") ? PATH : Map.of());

        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(problem.get("code").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("detail").textValue()).contains(detail);
        assertThat(queries.asked()).isEmpty();
    }

    @Test
    void nobodyIsUnknownByTheNameThatWasUsed() {
        assertUnknown(calls.get(RestPaths.CUSTOMER, Map.of("customerId", "x")), "customerId");
        assertUnknown(calls.get(RestPaths.EVENTS, Map.of("customerId", "x")), "customerId");
        assertUnknown(calls.get(RestPaths.SUBORDINATES, Map.of("customerId", "x")), "customerId");
        assertUnknown(calls.get(RestPaths.CUSTOMERS + "?externalId=x", Map.of()), "externalId");
    }

    @Test
    void whatAProcessorRefusesIsRelayed() {
        queries.failing(new QueryFailure.Refused(Optional.of("asOf"), "Too far."));

        Answer answer = calls.get(RestPaths.CUSTOMER, PATH);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.document().orElseThrow().get("field").textValue()).isEqualTo("asOf");
        assertThat(answer.document().orElseThrow().get("detail").textValue()).isEqualTo("Too far.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/customers/{customerId}",
                "/v1/customers/{customerId}/events",
                "/v1/customers/{customerId}/subordinates",
                "/v1/customers?externalId=e"
            })
    void whatNobodyCanTellNowIsToBeTriedAgain(String path) {
        queries.failing(new QueryFailure.Unavailable("Nobody answers."));

        Answer answer = calls.get(path, PATH);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).isEqualTo(Map.of("Retry-After", "1"));
        assertThat(answer.document().orElseThrow().get("code").textValue()).isEqualTo("UNAVAILABLE");
        assertThat(answer.document().orElseThrow().get("detail").textValue()).isEqualTo("Nobody answers.");
    }

    private static void assertUnknown(Answer answer, String field) {
        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(problem.get("code").textValue()).isEqualTo("UNKNOWN_CUSTOMER");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
    }
}
