package dev.standing.processor.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Subordinate;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.processor.history.AgendaExcerpt;
import dev.standing.processor.history.PlacedSubordinate;
import dev.standing.processor.history.RecordedHistory;
import dev.standing.processor.history.SubordinatePosition;
import dev.standing.processor.query.Query.OfCustomer;
import dev.standing.processor.query.Query.OfEvents;
import dev.standing.processor.query.Query.OfRequest;
import dev.standing.processor.query.Query.OfSubordinates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class QueryAnswersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant DUE = NOON.plus(Duration.ofHours(1));
    private static final StateValue ACTIVE = new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    private static final StateValue SUSPENDED = new StateValue(CustomerState.SUSPENDED, "dfltSuspended", DUE);

    private final List<Event> events = new ArrayList<>();
    private final List<PlacedSubordinate> subordinates = new ArrayList<>();
    private final Map<ByRequestId, CommandResult> results = new HashMap<>();
    private Instant clock = NOON;
    private final QueryAnswers answers = new QueryAnswers(PolicyFile.packagedDefault(), () -> clock);

    @Test
    void aChangeThatIsPlannedIsShownAsPlannedUntilItIsDue() {
        registered();
        scheduled();
        clock = DUE.minusMillis(1);

        JsonNode now = customer(PointInTime.NOW);

        assertThat(now.at("/state/state").textValue()).isEqualTo("ACTIVE");
        assertThat(now.get("plannedChanges")).hasSize(1);
    }

    @Test
    void aChangeThatIsDueIsShownAsAppliedBeforeAnybodyAppliedIt() {
        registered();
        scheduled();
        clock = DUE;

        JsonNode now = customer(PointInTime.NOW);

        assertThat(now.at("/state/state").textValue()).isEqualTo("SUSPENDED");
        assertThat(now.at("/state/recordedAt").textValue()).isEqualTo(DUE.toString());
        assertThat(now.at("/version").longValue()).isEqualTo(3);
        assertThat(now.get("plannedChanges")).isEmpty();
        assertThat(customer(new PointInTime(Optional.of(DUE), Optional.empty())))
                .isEqualTo(now);
        assertThat(customer(new PointInTime(Optional.empty(), Optional.of(clock.plusSeconds(60)))))
                .isEqualTo(now);
    }

    @Test
    void whatWasKnownBeforeIsNotSettled() {
        registered();
        scheduled();
        clock = DUE.plusSeconds(10);

        JsonNode before = customer(new PointInTime(Optional.of(DUE), Optional.of(DUE)));

        assertThat(before.at("/state/state").textValue()).isEqualTo("ACTIVE");
        assertThat(before.get("plannedChanges")).hasSize(1);
    }

    @Test
    void aCustomerThatIsNotThereOrWasNotThenIsUnknown() {
        assertThat(answer(new OfCustomer("c-1", PointInTime.NOW)).status()).isEqualTo(404);
        assertThat(answer(new OfEvents("c-1", 0, 10)).status()).isEqualTo(404);
        assertThat(answer(new OfSubordinates("c-1", Optional.empty(), 10)).status())
                .isEqualTo(404);

        registered();

        PointInTime before = new PointInTime(Optional.of(NOON.minusMillis(1)), Optional.empty());
        assertThat(answer(new OfCustomer("c-1", before)).status()).isEqualTo(404);
    }

    @Test
    void aPageEndsAtItsLimitAndTellsWhereToGoOn() {
        registered();
        scheduled();

        assertThat(page(0, 1).toString()).contains("\"next\":1");
        assertThat(page(0, 2).get("next").isNull()).isTrue();
        assertThat(page(1, 2).get("events")).hasSize(1);
        assertThat(page(2, 2).get("events")).isEmpty();
        assertThat(page(Long.MAX_VALUE, 2).get("events")).isEmpty();
    }

    @Test
    void aPageEndsWhenItIsLongEnough() {
        registered();
        for (int i = 0; i < 20; i++) {
            add(new ChangeScheduled("c-1:" + (i + 2), SUSPENDED, false, Optional.of("n".repeat(100_000))));
        }

        JsonNode first = page(0, 1000);

        assertThat(first.get("events").size()).isBetween(10, 12);
        JsonNode second = page(first.get("next").longValue(), 1000);
        assertThat(first.get("events").size() + second.get("events").size()).isEqualTo(21);
    }

    @Test
    void aPageOfSubordinatesTellsWhereToGoOnAsLongAsThereAreMore() {
        registered();
        for (String id : List.of("a", "b", "c")) {
            subordinates.add(account(id));
        }

        JsonNode first = answer(new OfSubordinates("c-1", Optional.empty(), 2)).body();
        Optional<SubordinatePosition> next =
                SubordinatePosition.parse(first.get("next").textValue());
        JsonNode second = answer(new OfSubordinates("c-1", next, 2)).body();
        JsonNode whole = answer(new OfSubordinates("c-1", Optional.empty(), 3)).body();

        assertThat(first.at("/subordinates/0").toString())
                .isEqualTo("{\"type\":\"ACCOUNT\",\"id\":\"a\",\"parent\":null,\"state\":\"ACTIVE\","
                        + "\"stateReason\":\"dfltActive\"}");
        assertThat(first.get("subordinates").findValuesAsText("id")).containsExactly("a", "b");
        assertThat(second.get("subordinates").findValuesAsText("id")).containsExactly("c");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(whole.get("next").isNull()).isTrue();
    }

    @Test
    void aCustomerMayHaveNoSubordinates() {
        registered();

        JsonNode page = answer(new OfSubordinates("c-1", Optional.empty(), 1)).body();

        assertThat(page.toString()).isEqualTo("{\"subordinates\":[],\"next\":null}");
    }

    @Test
    void eventsOfSubordinatesAreShownWithWhatHappened() {
        registered();
        SubordinateRef parent = new SubordinateRef(SubordinateType.ACCOUNT, "a");
        SubordinateRef child = new SubordinateRef(SubordinateType.SUBSCRIPTION, "s");
        add(new SubordinateRegistered(child, Optional.of(parent), CustomerState.ACTIVE, "dfltActive"));
        add(new SubordinateRemoved(child));
        add(new CascadeCompleted(1, Optional.empty(), 2, 3));

        JsonNode page = page(1, 10).get("events");

        assertThat(page.findValuesAsText("type"))
                .contains("SubordinateRegistered", "SubordinateRemoved", "CascadeCompleted");
        assertThat(page.at("/0/data/subordinate/parent/id").textValue()).isEqualTo("a");
        assertThat(page.at("/1/data").toString()).isEqualTo("{\"type\":\"SUBSCRIPTION\",\"id\":\"s\"}");
        assertThat(page.at("/2/data/updated").longValue()).isEqualTo(2);
        assertThat(page.at("/2/data/skipped").longValue()).isEqualTo(3);
    }

    @Test
    void theResultOfARequestIsToldAsTheAnswerToOneThatWasSeenBefore() {
        registered();
        CommandResult applied = result(ResultStatus.APPLIED)
                .setCustomer(new ListedHistory(events, subordinates, results)
                        .latest("c-1")
                        .orElseThrow())
                .build();
        results.put(new ByRequestId("c-1", "s", "r-1"), applied);

        Answer answer = answer(new OfRequest(new ByRequestId("c-1", "s", "r-1")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo("{\"requestId\":\"r-1\",\"commandId\":\"cmd\",\"customerId\":\"c-1\",\"source\":\"s\","
                        + "\"status\":\"APPLIED\",\"replayed\":true,\"customer\":" + customer(PointInTime.NOW)
                        + ",\"policyVersion\":\"p-1\",\"decidedAt\":\"2026-03-01T12:00:00Z\"}");
    }

    @Test
    void aRejectionIsToldWithItsReasonAndWithoutTheCustomer() {
        CommandResult rejected = result(ResultStatus.REJECTED)
                .setCode(RejectionCode.UNKNOWN_REASON)
                .setMessage("No.")
                .setField("stateReason")
                .build();
        results.put(new ByRequestId("c-1", "s", "r-1"), rejected);

        Answer answer = answer(new OfRequest(new ByRequestId("c-1", "s", "r-1")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo(
                        "{\"requestId\":\"r-1\",\"commandId\":\"cmd\",\"customerId\":\"c-1\",\"source\":\"s\","
                                + "\"status\":\"REJECTED\",\"replayed\":true,\"code\":\"UNKNOWN_REASON\",\"message\":\"No.\","
                                + "\"field\":\"stateReason\",\"policyVersion\":\"p-1\",\"decidedAt\":\"2026-03-01T12:00:00Z\"}");
    }

    @Test
    void aRequestThatNothingIsRememberedOfIsUnknownThoughItsCustomerIsThere() {
        registered();

        Answer answer = answer(new OfRequest(new ByRequestId("c-1", "s", "r-1")));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("code").textValue()).isEqualTo("UNKNOWN_REQUEST");
    }

    @Test
    void whatIsRememberedIsAskedForAsOfTheClock() {
        results.put(
                new ByRequestId("c-1", "s", "r-1"),
                result(ResultStatus.APPLIED).setDecidedAt(NOON.plusMillis(1)).build());

        assertThat(answer(new OfRequest(new ByRequestId("c-1", "s", "r-1"))).status())
                .isEqualTo(404);
        clock = NOON.plusMillis(1);
        assertThat(answer(new OfRequest(new ByRequestId("c-1", "s", "r-1"))).status())
                .isEqualTo(200);
    }

    private static CommandResult.Builder result(ResultStatus status) {
        return CommandResult.newBuilder()
                .setCommandId("cmd")
                .setCustomerId("c-1")
                .setRequestId("r-1")
                .setSource("s")
                .setStatus(status)
                .setPolicyVersion("p-1")
                .setDecidedAt(NOON);
    }

    private static PlacedSubordinate account(String id) {
        byte[] bytes = ("\0\0\0\1ACCOUNT:" + id).getBytes(UTF_8);
        return new PlacedSubordinate(
                new SubordinatePosition(Bytes.wrap(bytes)),
                new Subordinate(
                        dev.standing.avro.SubordinateType.ACCOUNT,
                        id,
                        null,
                        dev.standing.avro.CustomerState.ACTIVE,
                        "dfltActive"));
    }

    private void registered() {
        add(new CustomerRegistered(Optional.empty(), ACTIVE, Map.of()));
    }

    private void scheduled() {
        add(new ChangeScheduled("c-1:2", SUSPENDED, false, Optional.empty()));
    }

    private void add(Fact fact) {
        Origin origin = new Origin("cmd", Optional.empty(), "test");
        events.add(new Event("c-1", events.size() + 1L, NOON, origin, "p-1", fact));
    }

    private JsonNode customer(PointInTime point) {
        Answer answer = answer(new OfCustomer("c-1", point));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode page(long after, int limit) {
        return answer(new OfEvents("c-1", after, limit)).body();
    }

    private Answer answer(Query query) {
        return answers.answer(query, new ListedHistory(events, subordinates, results));
    }

    /** A history of one customer, in memory. */
    private record ListedHistory(
            List<Event> recorded, List<PlacedSubordinate> listed, Map<ByRequestId, CommandResult> results)
            implements RecordedHistory {

        private List<EventChain.Link> links() {
            return new EventChain().extend(Optional.empty(), recorded);
        }

        @Override
        public Optional<Customer> latest(String customerId) {
            return CustomerEvolution.evolve(Optional.empty(), recorded)
                    .map(customer -> CustomerMapping.toAvro(
                            customer, links().get(recorded.size() - 1).hash()));
        }

        @Override
        public <T> T events(String customerId, long after, Function<Iterator<RecordedEvent>, T> reading) {
            return reading.apply(links().stream()
                    .map(link -> new RecordedEvent(link.event(), link.hash()))
                    .filter(event -> event.getEvent().getSequence() > after)
                    .iterator());
        }

        @Override
        public List<AgendaEntry> planned(AgendaExcerpt excerpt) {
            return List.of();
        }

        @Override
        public List<PlacedSubordinate> subordinates(String customerId, Optional<SubordinatePosition> after, int limit) {
            return listed.stream()
                    .dropWhile(placed -> after.isPresent()
                            && Arrays.compareUnsigned(
                                            placed.position().bytes().get(),
                                            after.get().bytes().get())
                                    <= 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<ExternalIdClaim> owner(String externalId) {
            return Optional.empty();
        }

        @Override
        public Optional<CommandResult> result(ByRequestId request, Instant now) {
            return Optional.ofNullable(results.get(request)).filter(result -> !now.isBefore(result.getDecidedAt()));
        }
    }
}
