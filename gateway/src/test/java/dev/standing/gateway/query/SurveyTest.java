package dev.standing.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.StubProcessor;
import dev.standing.gateway.StubProcessor.Stub;
import dev.standing.gateway.query.QueryAnswer.Failed;
import dev.standing.gateway.query.QueryFailure.Refused;
import dev.standing.gateway.query.QueryFailure.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How what is planned is asked for, over real connections. */
class SurveyTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final ChangesQuery QUERY =
            new ChangesQuery(Optional.empty(), Optional.empty(), Optional.empty(), 10);
    private static final String FIRST = "AAAAAAAAAAAAYQBh";
    private static final String SECOND = "AAAAAAAAAAAAYgBi";

    private StubProcessor one;
    private StubProcessor two;

    @BeforeEach
    void start() throws IOException {
        one = new StubProcessor();
        two = new StubProcessor();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void allAreAskedWhomTheFirstNames() {
        one.otherwise(page(one, "0", row(0, FIRST, "a"), one, two));
        two.otherwise(page(two, "1", row(1, SECOND, "b"), one, two));

        assertThat(text(ask(LONG, one)))
                .isEqualTo("{\"changes\":[{\"customerId\":\"a\"},{\"customerId\":\"b\"}],\"next\":null}");
        assertThat(one.asked()).hasSize(1);
        assertThat(two.asked()).hasSize(1);
    }

    @Test
    void everyPartOfTheQuestionIsPassedOn() {
        one.otherwise(page(one, "0,1", "", one));

        asking(LONG, one)
                .changes(new ChangesQuery(
                        Optional.of("PENDING"),
                        Optional.of(Instant.parse("2024-05-01T00:00:00Z")),
                        Optional.of(FIRST),
                        7))
                .join();

        assertThat(one.asked())
                .containsExactly(
                        "/query/changes?limit=7&status=PENDING&dueBefore=2024-05-01T00%3A00%3A00Z&after=" + FIRST);
    }

    @Test
    void whoeverIsConfiguredAndDoesNotAnswerIsPassedOver() {
        one.otherwise(new Stub(503, "", "{\"code\":\"UNAVAILABLE\"}"));
        two.otherwise(page(two, "0,1", row(0, FIRST, "a"), one, two));

        assertThat(text(ask(LONG, one, two))).contains("\"customerId\":\"a\"");
    }

    @Test
    void aPartitionThatIsMissingIsAskedForAgainUntilSomebodyHasIt() {
        one.otherwise(page(one, "0", row(0, FIRST, "a"), one, two));
        two.otherwise(page(two, "", "", one, two));

        CompletableFuture<QueryAnswer<JsonNode>> answer = asking(LONG, one).changes(QUERY);
        Awaitility.await().until(() -> two.asked().size() > 1);
        assertThat(answer).isNotDone();
        two.otherwise(page(two, "1", row(1, SECOND, "b"), one, two));

        assertThat(text(answer.join()))
                .isEqualTo("{\"changes\":[{\"customerId\":\"a\"},{\"customerId\":\"b\"}],\"next\":null}");
    }

    @Test
    void aPartitionThatStaysMissingIsNoAnswer() {
        one.otherwise(page(one, "0", row(0, FIRST, "a"), one, two));
        two.otherwise(new Stub(503, "", "{\"code\":\"UNAVAILABLE\"}"));

        assertUnavailable(ask(SHORT, one));
    }

    @Test
    void ifNobodyAnswersNobodyIsAskedAgain() {
        one.otherwise(new Stub(503, "", "{}"));
        two.otherwise(new Stub(404, "", "Not Found"));

        assertUnavailable(ask(LONG, one, two));
        assertThat(one.asked()).hasSize(1);
        assertThat(two.asked()).hasSize(1);
    }

    @Test
    void whoeverIsSilentDoesNotKeepTheOthersFromBeingAskedAgain() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String silentUrl = "http://127.0.0.1:" + silent.getLocalPort();
            one.otherwise(new Stub(200, "", body("0", row(0, FIRST, "a"), one.url(), silentUrl)));

            CompletableFuture<QueryAnswer<JsonNode>> answer =
                    asking(Duration.ofSeconds(4), one).changes(QUERY);
            Awaitility.await().until(() -> !one.asked().isEmpty());
            one.otherwise(page(one, "0,1", row(0, FIRST, "a"), one));

            assertThat(text(answer.join())).contains("\"customerId\":\"a\"");
        }
    }

    @Test
    void whatOneRefusesIsRefused() {
        one.otherwise(new Stub(400, "", "{\"code\":\"INVALID_REQUEST\",\"field\":\"after\",\"detail\":\"No place.\"}"));

        assertThat(ask(LONG, one)).isEqualTo(new Failed<>(new Refused(Optional.of("after"), "No place.")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"partitions\":1,\"covered\":[0],\"changes\":[7],\"through\":null,\"processor\":null,\"processors\":[]}",
                "{\"partitions\":1,\"covered\":[0],\"changes\":[{}],\"through\":null,\"processor\":null,\"processors\":[]}",
                "{\"partitions\":1,\"covered\":[0],\"changes\":[],\"through\":\"#\",\"processor\":null,\"processors\":[]}",
                "{\"partitions\":1,\"covered\":[0],\"changes\":[],\"through\":null,\"processor\":null,"
                        + "\"processors\":[\"http://[\"]}"
            })
    void whatCannotBeUnderstoodIsNoAnswer(String body) {
        one.otherwise(new Stub(200, "", body));

        assertUnavailable(ask(LONG, one));
    }

    @Test
    void whoeverWaitsWhenTheGatewayStopsIsTold() {
        one.otherwise(page(one, "0", "", one));
        ProcessorQueries queries = asking(LONG, one);
        CompletableFuture<QueryAnswer<JsonNode>> answer = queries.changes(QUERY);

        queries.close();

        assertThat(answer.join()).isInstanceOf(Failed.class);
    }

    private static ProcessorQueries asking(Duration timeout, StubProcessor... processors) {
        return new ProcessorQueries(new QuerySettings(
                Stream.of(processors).map(StubProcessor::url).map(URI::create).toList(), timeout, 10));
    }

    private static QueryAnswer<JsonNode> ask(Duration timeout, StubProcessor... processors) {
        return asking(timeout, processors).changes(QUERY).join();
    }

    /** A page of one of two partitions. */
    private static Stub page(StubProcessor self, String covered, String rows, StubProcessor... processors) {
        return new Stub(
                200,
                "",
                body(
                        covered,
                        rows,
                        Stream.concat(Stream.of(self), Stream.of(processors))
                                .map(StubProcessor::url)
                                .toArray(String[]::new)));
    }

    /** The first of the processors is the one that answers. */
    private static String body(String covered, String rows, String... processors) {
        return "{\"partitions\":2,\"covered\":[" + covered + "],\"changes\":[" + rows + "],\"through\":null,"
                + "\"processor\":\"" + processors[0] + "\",\"processors\":["
                + Stream.of(processors).map(url -> "\"" + url + "\"").collect(Collectors.joining(",")) + "]}";
    }

    private static String row(int partition, String position, String customerId) {
        return "{\"partition\":" + partition + ",\"position\":\"" + position + "\",\"customerId\":\"" + customerId
                + "\"}";
    }

    private static String text(QueryAnswer<JsonNode> answer) {
        return answer.fold(JsonNode::toString, QueryFailure::toString);
    }

    private static void assertUnavailable(QueryAnswer<JsonNode> answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(Unavailable.class));
    }
}
