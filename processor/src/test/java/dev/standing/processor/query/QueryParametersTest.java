package dev.standing.processor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.avro.PlannedChangeStatus;
import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.domain.history.PointInTime;
import dev.standing.processor.history.AgendaPosition;
import dev.standing.processor.query.Query.OfCustomer;
import dev.standing.processor.query.Query.OfEvents;
import dev.standing.processor.query.Query.OfExternalId;
import dev.standing.processor.query.Query.OfRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    private static final List<String> ID = List.of("c-1");

    @Test
    void aCustomerIsAskedForAsItIsNow() {
        assertThat(OfCustomer.parse(parameters(Map.of("customerId", ID))))
                .isEqualTo(new OfCustomer("c-1", PointInTime.NOW));
    }

    @Test
    void instantsHaveAnyOffsetAndAreCutOffAtMilliseconds() {
        OfCustomer query = OfCustomer.parse(parameters(Map.of(
                "customerId", ID,
                "asOf", List.of("2024-05-01T00:00:00.1239+02:00"),
                "knownAt", List.of("2024-05-01T00:00Z"))));

        assertThat(query.point())
                .isEqualTo(new PointInTime(
                        Optional.of(Instant.parse("2024-04-30T22:00:00.123Z")),
                        Optional.of(Instant.parse("2024-05-01T00:00:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024-05-01", "2024-05-01T00:00:00", "2024-02-30T00:00:00Z", "now"})
    void whatIsNoInstantWithAnOffsetIsRefused(String text) {
        assertRefused(OfCustomer::parse, Map.of("customerId", ID, "asOf", List.of(text)), "asOf");
        assertRefused(OfCustomer::parse, Map.of("customerId", ID, "knownAt", List.of(text)), "knownAt");
    }

    @Test
    void aPageHasDefaultsAndBounds() {
        assertThat(OfEvents.parse(parameters(Map.of("customerId", ID)))).isEqualTo(new OfEvents("c-1", 0, 100));
        assertThat(OfEvents.parse(
                        parameters(Map.of("customerId", ID, "after", List.of("7"), "limit", List.of("1000")))))
                .isEqualTo(new OfEvents("c-1", 7, 1000));
        for (String limit : List.of("0", "1001", "-1", "x", "", "1.5", "99999999999999999999")) {
            assertRefused(OfEvents::parse, Map.of("customerId", ID, "limit", List.of(limit)), "limit");
        }
        for (String after : List.of("-1", "x", "", "99999999999999999999")) {
            assertRefused(OfEvents::parse, Map.of("customerId", ID, "after", List.of(after)), "after");
        }
    }

    @Test
    void whatIsMissingEmptyDoubledOrUnknownIsRefused() {
        assertRefused(OfCustomer::parse, Map.of(), "customerId");
        assertRefused(OfCustomer::parse, Map.of("customerId", List.of("")), "customerId");
        assertRefused(OfCustomer::parse, Map.of("customerId", List.of("a", "a")), "customerId");
        assertRefused(OfCustomer::parse, Map.of("customerId", ID, "limit", List.of("1")), "limit");
        assertRefused(OfEvents::parse, Map.of("customerId", ID, "asOf", List.of("x")), "asOf");
        assertRefused(OfExternalId::parse, Map.of(), "externalId");
        assertRefused(OfExternalId::parse, Map.of("externalId", ID, "customerId", ID), "customerId");
    }

    @Test
    void aRequestIsAskedForByAllThatMakesItItself() {
        Map<String, List<String>> whole = Map.of("customerId", ID, "source", List.of("s"), "requestId", List.of("r"));

        assertThat(OfRequest.parse(parameters(whole))).isEqualTo(new OfRequest(new ByRequestId("c-1", "s", "r")));
        for (String name : whole.keySet()) {
            Map<String, List<String>> less = new HashMap<>(whole);
            less.remove(name);
            assertRefused(OfRequest::parse, less, name);
            less.put(name, List.of(""));
            assertRefused(OfRequest::parse, less, name);
        }
    }

    @Test
    void whatIsPlannedIsAskedForByStatusDateAndPlace() {
        AgendaPosition place = AgendaPosition.parse("gAAAAAAAAABjAGM6MQ").orElseThrow();

        assertThat(AgendaQuery.parse(parameters(Map.of())))
                .isEqualTo(new AgendaQuery(Optional.empty(), Optional.empty(), Optional.empty(), 100));
        assertThat(AgendaQuery.parse(parameters(Map.of(
                        "status", List.of("PENDING"),
                        "dueBefore", List.of("2024-05-01T00:00:00+02:00"),
                        "after", List.of("gAAAAAAAAABjAGM6MQ"),
                        "limit", List.of("1000")))))
                .isEqualTo(new AgendaQuery(
                        Optional.of(PlannedChangeStatus.PENDING),
                        Optional.of(Instant.parse("2024-04-30T22:00:00Z")),
                        Optional.of(place),
                        1000));
        for (String status : List.of("", "pending", "UNKNOWN", "SCHEDULED,PENDING")) {
            assertRefused(AgendaQuery::parse, Map.of("status", List.of(status)), "status");
        }
        assertRefused(AgendaQuery::parse, Map.of("status", List.of("PENDING", "PENDING")), "status");
        assertRefused(AgendaQuery::parse, Map.of("dueBefore", List.of("2024-05-01")), "dueBefore");
        assertRefused(AgendaQuery::parse, Map.of("after", List.of("12")), "after");
        assertRefused(AgendaQuery::parse, Map.of("limit", List.of("1001")), "limit");
        assertRefused(AgendaQuery::parse, Map.of("duebefore", List.of("2024-05-01T00:00:00Z")), "duebefore");
    }

    private static void assertRefused(
            Function<QueryParameters, ?> parser, Map<String, List<String>> values, String parameter) {
        assertThatThrownBy(() -> parser.apply(parameters(values)))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        refused -> assertThat(refused.parameter()).isEqualTo(parameter));
    }

    private static QueryParameters parameters(Map<String, List<String>> values) {
        return new QueryParameters(values);
    }
}
