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

class ChangesReadTest {

    private static final JsonNode PAGE =
            JsonNodeFactory.instance.objectNode().putNull("next").set("changes", JsonNodeFactory.instance.arrayNode());

    private final StubQueries queries = new StubQueries().changes(PAGE);
    private final RestCalls calls = new RestCalls(RecordingChannel.silent(), queries);

    @ParameterizedTest
    @CsvSource({
        "'', - - - 100",
        "?status=PENDING, PENDING - - 100",
        "?status=SCHEDULED&limit=1000, SCHEDULED - - 1000",
        "?dueBefore=2024-05-01T00:00:00+02:00, - 2024-04-30T22:00:00Z - 100",
        "?dueBefore=2024-05-01T00:00:00%2B02:00&limit=1, - 2024-04-30T22:00:00Z - 1",
        "?after=gA-_9&limit=7, - - gA-_9 7"
    })
    void aPageOfWhatIsPlannedIsRelayed(String query, String asked) {
        Answer answer = calls.get(RestPaths.CHANGES + query, Map.of());

        assertThat(queries.asked()).containsExactly("changes " + asked);
        assertThat(answer).isEqualTo(Answer.json(200, PAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "status=, status, SCHEDULED or PENDING",
        "status=pending, status, SCHEDULED or PENDING",
        "status=UNKNOWN, status, SCHEDULED or PENDING",
        "status=PENDING&status=PENDING, status, stands there twice",
        "dueBefore=2024-05-01, dueBefore, with an offset",
        "dueBefore=2024-05-01T00:00:00, dueBefore, with an offset",
        "duebefore=2024-05-01T00:00:00Z, duebefore, is unknown",
        "after=, after, as it was",
        "after=a%20b, after, as it was",
        "limit=0, limit, whole number from 1 to 1000",
        "limit=1001, limit, whole number from 1 to 1000",
        "customerId=c-1, customerId, is unknown"
    })
    void aMalformedParameterIsRefusedByItsNameAndNobodyIsAsked(String query, String field, String detail) {
        assertRefused(calls.get(RestPaths.CHANGES + "?" + query, Map.of()), field, detail);
        assertThat(queries.asked()).isEmpty();
    }

    @Test
    void aPlaceThatNoProcessorKnowsIsRefused() {
        queries.failing(new QueryFailure.Refused(Optional.of("after"), "after is no place."));

        assertRefused(calls.get(RestPaths.CHANGES + "?after=abc", Map.of()), "after", "is no place");
    }

    @Test
    void whatNobodyCanTellNowIsToBeTriedAgain() {
        queries.failing(new QueryFailure.Unavailable("Nobody answers."));

        Answer answer = calls.get(RestPaths.CHANGES, Map.of());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).isEqualTo(Map.of("Retry-After", "1"));
    }

    private static void assertRefused(Answer answer, String field, String detail) {
        JsonNode problem = answer.document().orElseThrow();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(problem.get("code").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("field").textValue()).isEqualTo(field);
        assertThat(problem.get("detail").textValue()).contains(detail);
    }
}
