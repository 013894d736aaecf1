package dev.standing.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.StubProcessor;
import dev.standing.gateway.StubProcessor.Stub;
import dev.standing.gateway.query.QueryAnswer.Failed;
import dev.standing.gateway.query.QueryAnswer.Found;
import dev.standing.gateway.query.QueryFailure.Refused;
import dev.standing.gateway.query.QueryFailure.Unavailable;
import dev.standing.gateway.query.QueryFailure.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How processors are asked, over real connections. */
class ProcessorQueriesTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String CUSTOMER = "/query/customers?customerId=c-1";
    private static final String JSON = "{\"customerId\":\"c-1\",\"version\":3}";

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
    void whatIsThereIsFoundAsItIs() {
        one.knows(CUSTOMER, JSON);

        assertThat(text(customer(asking(one.url())))).isEqualTo(JSON);
    }

    @Test
    void everyPartOfAQueryIsEscaped() {
        ProcessorQueries queries = asking(one.url());
        Instant asOf = Instant.parse("2024-05-01T00:00:00Z");
        Instant knownAt = Instant.parse("2024-05-01T00:00:00.123Z");

        queries.customer("a/b %&+ü", Optional.of(asOf), Optional.of(knownAt)).join();
        queries.customer("c", Optional.empty(), Optional.of(knownAt)).join();
        queries.events("a?b#c", 7, 100).join();
        queries.subordinates("a/b", Optional.empty(), 7).join();
        queries.subordinates("c", Optional.of("AA_-"), 100).join();
        queries.request("a/b", "s &", "r?1").join();
        queries.customerIdOf("x=y").join();

        assertThat(one.asked())
                .containsExactly(
                        "/query/customers?customerId=a%2Fb%20%25%26%2B%C3%BC&asOf=2024-05-01T00%3A00%3A00Z"
                                + "&knownAt=2024-05-01T00%3A00%3A00.123Z",
                        "/query/customers?customerId=c&knownAt=2024-05-01T00%3A00%3A00.123Z",
                        "/query/events?customerId=a%3Fb%23c&after=7&limit=100",
                        "/query/subordinates?customerId=a%2Fb&limit=7",
                        "/query/subordinates?customerId=c&limit=100&after=AA_-",
                        "/query/requests?customerId=a%2Fb&source=s%20%26&requestId=r%3F1",
                        "/query/external-ids?externalId=x%3Dy");
    }

    @Test
    void whoHasAnExternalIdIsFound() {
        one.knows("/query/external-ids?externalId=e-1", "{\"externalId\":\"e-1\",\"customerId\":\"c-1\"}");

        assertThat(asking(one.url()).customerIdOf("e-1").join()).isEqualTo(new Found<>("c-1"));
        assertThat(asking(one.url()).customerIdOf("e-2").join()).isEqualTo(new Failed<>(new Unknown("Nobody.")));
    }

    @Test
    void anAnswerToAnotherQueryIsNone() {
        one.knows("/query/customers?customerId=c-1", "{\"customerId\":\"c-2\"}")
                .saysThatItAnswers("/query/customers?customerId=c-2");
        two.knows("/query/customers?customerId=c-1", "{\"customerId\":\"c-1\"}");

        assertThat(asking(one.url(), two.url())
                        .customer("c-1", Optional.empty(), Optional.empty())
                        .join()
                        .toString())
                .contains("c-1");
        assertUnavailable(
                asking(one.url())
                        .customer("c-1", Optional.empty(), Optional.empty())
                        .join(),
                "No processor answers queries now; try again later.");
    }

    @Test
    void aRequestWithoutAResultIsUnknown() {
        one.otherwise(new Stub(404, "", "{\"code\":\"UNKNOWN_REQUEST\",\"detail\":\"Not yet.\"}"));

        assertThat(asking(one.url(), two.url()).request("c-1", "s", "r-1").join())
                .isEqualTo(new Failed<>(new Unknown("Not yet.")));
        assertThat(two.asked()).isEmpty();
    }

    @Test
    void whatOneDoesNotKnowNobodyElseIsAskedFor() {
        ProcessorQueries queries = asking(one.url(), two.url());

        assertThat(customer(queries)).isEqualTo(new Failed<>(new Unknown("Nobody.")));
        assertThat(one.asked()).hasSize(1);
        assertThat(two.asked()).isEmpty();
    }

    @Test
    void whatOneRefusesIsRefused() {
        one.otherwise(new Stub(400, "", "{\"code\":\"INVALID_REQUEST\",\"field\":\"asOf\",\"detail\":\"Too far.\"}"));

        assertThat(customer(asking(one.url(), two.url())))
                .isEqualTo(new Failed<>(new Refused(Optional.of("asOf"), "Too far.")));
    }

    @Test
    void eachQueryBeginsWithTheNext() {
        ProcessorQueries queries = asking(one.url(), two.url());

        for (int i = 0; i < 4; i++) {
            customer(queries);
        }

        assertThat(one.asked()).hasSize(2);
        assertThat(two.asked()).hasSize(2);
    }

    static Stream<Stub> noAnswers() {
        return Stream.of(
                new Stub(503, "", "{\"code\":\"UNAVAILABLE\"}"),
                new Stub(500, "", "{}"),
                new Stub(404, "", "Not Found"),
                new Stub(404, "", "{\"code\":\"NOT_FOUND\"}"),
                new Stub(400, "", "{\"title\":\"Bad request\"}"),
                new Stub(200, "", "<html>"),
                new Stub(200, "", "[]"),
                new Stub(302, "http://127.0.0.1/", ""),
                new Stub(307, "", ""),
                new Stub(307, "/query/customers", ""),
                new Stub(307, "ftp://127.0.0.1/", ""),
                new Stub(307, "http://127.0.0.1:65536/", ""),
                new Stub(307, "file:///etc/hostname", ""),
                new Stub(307, "http://[", ""));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void whoeverDoesNotAnswerIsPassedOver(Stub noAnswer) {
        one.otherwise(noAnswer);
        two.knows(CUSTOMER, JSON);

        assertThat(text(customer(asking(one.url(), two.url())))).isEqualTo(JSON);
        assertUnavailable(customer(asking(one.url())), "No processor answers queries now");
    }

    @Test
    void whoeverIsAwayIsPassedOver() {
        String away = one.url();
        one.close();
        two.knows(CUSTOMER, JSON);

        assertThat(text(customer(asking(away, two.url())))).isEqualTo(JSON);
        assertUnavailable(customer(asking(away)), "No processor answers queries now");
    }

    @Test
    void whoeverIsSilentIsPassedOver() throws IOException {
        try (ServerSocket silent = silent()) {
            two.knows(CUSTOMER, JSON);

            assertThat(text(customer(asking(Duration.ofSeconds(2), 10, url(silent), two.url()))))
                    .isEqualTo(JSON);
            assertUnavailable(
                    customer(asking(Duration.ofMillis(50), 10, url(silent))), "No processor answers queries now");
        }
    }

    @Test
    void whoeverPointsToAnotherIsFollowed() {
        one.otherwise(new Stub(307, two.url() + CUSTOMER, ""));
        two.knows(CUSTOMER, JSON);

        assertThat(text(customer(asking(one.url())))).isEqualTo(JSON);
    }

    @Test
    void whoPointInACircleAreLeftAfterThreeSteps() {
        one.otherwise(new Stub(307, two.url() + CUSTOMER, ""));
        two.otherwise(new Stub(307, one.url() + CUSTOMER, ""));

        assertUnavailable(customer(asking(one.url())), "No processor answers queries now");
        assertThat(one.asked()).hasSize(2);
        assertThat(two.asked()).hasSize(2);
    }

    @Test
    void whoeverPointsToOneThatIsAwayIsPassedOver() throws IOException {
        StubProcessor three = new StubProcessor();
        three.close();
        one.otherwise(new Stub(307, three.url() + CUSTOMER, ""));
        two.knows(CUSTOMER, JSON);

        assertThat(text(customer(asking(one.url(), two.url())))).isEqualTo(JSON);
    }

    @Test
    void anIdThatIsNoneIsNoAnswer() {
        one.otherwise(new Stub(200, "", "{\"customerId\":7}"));

        assertThat(asking(one.url()).customerIdOf("e").join()).isInstanceOf(Failed.class);
    }

    @Test
    void onlySoManyAreAskedAtATimeAndWhoeverWaitsAtTheEndIsTold() throws IOException {
        try (ServerSocket silent = silent()) {
            ProcessorQueries queries = asking(LONG, 1, url(silent));
            CompletableFuture<QueryAnswer<JsonNode>> waiting =
                    queries.customer("c-1", Optional.empty(), Optional.empty());

            assertUnavailable(customer(queries), "Too many queries");

            queries.close();

            assertUnavailable(waiting.join(), "The gateway is stopping");
            assertUnavailable(customer(queries), "The gateway is stopping");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 503})
    void whoeverWasAnsweredMakesPlaceForAnother(int status) {
        one.otherwise(new Stub(status, "", JSON));
        ProcessorQueries queries = asking(LONG, 1, one.url());

        QueryAnswer<JsonNode> first = customer(queries);

        assertThat(customer(queries)).isEqualTo(first);
    }

    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static String url(ServerSocket socket) {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private static ProcessorQueries asking(String... urls) {
        return asking(LONG, 10, urls);
    }

    private static ProcessorQueries asking(Duration timeout, int maxQueries, String... urls) {
        return new ProcessorQueries(
                new QuerySettings(Stream.of(urls).map(URI::create).toList(), timeout, maxQueries));
    }

    private static QueryAnswer<JsonNode> customer(ProcessorQueries queries) {
        return queries.customer("c-1", Optional.empty(), Optional.empty()).join();
    }

    private static String text(QueryAnswer<JsonNode> answer) {
        return answer.fold(JsonNode::toString, QueryFailure::toString);
    }

    private static void assertUnavailable(QueryAnswer<JsonNode> answer, String why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        Unavailable.class,
                                        unavailable ->
                                                assertThat(unavailable.why()).contains(why)));
    }
}
