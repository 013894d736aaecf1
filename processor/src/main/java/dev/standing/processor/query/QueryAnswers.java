package dev.standing.processor.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.Sha256;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.history.AsOf;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.history.Standing;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.json.CustomerJson;
import dev.standing.mapping.json.EventJson;
import dev.standing.mapping.json.SubordinateJson;
import dev.standing.processor.history.PlacedSubordinate;
import dev.standing.processor.history.RecordedHistory;
import dev.standing.processor.query.Query.OfCustomer;
import dev.standing.processor.query.Query.OfEvents;
import dev.standing.processor.query.Query.OfExternalId;
import dev.standing.processor.query.Query.OfRequest;
import dev.standing.processor.query.Query.OfSubordinates;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Answers queries from what is recorded, settled by the clock. Safe for use by many threads. */
final class QueryAnswers {

    /** A page ends when it has this many bytes, whatever its limit. */
    private static final int PAGE_BYTES = 1_000_000;

    /** What settling would record has no hash yet; no hash of a customer is shown. */
    private static final Sha256 NOT_SHOWN = new Sha256(new byte[32]);

    private final Settlement settlement;
    private final AsOf asOf;
    private final InstantSource clock;

    QueryAnswers(Policy policy, InstantSource clock) {
        this.settlement = new Settlement(policy);
        this.asOf = new AsOf(policy);
        this.clock = clock;
    }

    Answer answer(Query query, RecordedHistory history) {
        if (query instanceof OfCustomer customer) {
            return customer(customer, history)
                    .map(found -> Answer.found(CustomerJson.of(CustomerMapping.toAvro(found, NOT_SHOWN))))
                    .orElseGet(QueryAnswers::unknown);
        }
        if (query instanceof OfEvents events) {
            return history.latest(events.customerId()).isPresent()
                    ? history.events(events.customerId(), events.after(), found -> page(found, events.limit()))
                    : unknown();
        }
        if (query instanceof OfSubordinates subordinates) {
            return history.latest(subordinates.customerId()).isPresent() ? page(subordinates, history) : unknown();
        }
        if (query instanceof OfRequest request) {
            return history.result(request.request(), clock.instant())
                    .map(result -> Answer.found(ResultJson.of(result)))
                    .orElseGet(
                            () -> Answer.unknownRequest(
                                    "The request is not decided yet, was decided too long ago to be remembered, or never came"));
        }
        OfExternalId externalId = (OfExternalId) query;
        return history.owner(externalId.externalId())
                .map(claim -> Answer.found(JsonNodeFactory.instance
                        .objectNode()
                        .put("externalId", claim.getExternalId())
                        .put("customerId", claim.getCustomerId())))
                .orElseGet(() -> Answer.unknownCustomer("No customer has this externalId"));
    }

    private static Answer unknown() {
        return Answer.unknownCustomer("There is no such customer, or was none at that time");
    }

    private Optional<Customer> customer(OfCustomer query, RecordedHistory history) {
        if (query.point().equals(PointInTime.NOW)) {
            return history.latest(query.customerId())
                    .map(CustomerMapping::toDomain)
                    .map(this::settled);
        }
        return history.events(
                        query.customerId(), 0, events -> asOf.at(query.point(), new Events(events), clock.instant()))
                .map(QueryAnswers::held);
    }

    /** With what is due, but not applied yet. */
    private Customer settled(Customer customer) {
        return CustomerEvolution.evolve(Optional.of(customer), settlement.settle(customer, clock.instant()))
                .orElseThrow();
    }

    /** The customer as it was known, in the state that held. */
    private static Customer held(Standing standing) {
        Customer known = standing.known();
        return new Customer(
                known.customerId(),
                known.externalId(),
                known.version(),
                known.sequence(),
                known.recordedAt(),
                standing.state(),
                standing.decidedBy().recordedAt(),
                known.registeredAt(),
                known.attributes(),
                known.plannedChanges());
    }

    private static Answer page(Iterator<RecordedEvent> events, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray("events");
        long bytes = 0;
        Optional<Long> last = Optional.empty();
        while (events.hasNext() && list.size() < limit && bytes < PAGE_BYTES) {
            RecordedEvent recorded = events.next();
            ObjectNode event = EventJson.of(recorded.getEvent(), recorded.getHash());
            bytes += event.toString().getBytes(StandardCharsets.UTF_8).length;
            list.add(event);
            last = Optional.of(recorded.getEvent().getSequence());
        }
        page.put("next", events.hasNext() ? last.orElseThrow() : null);
        return Answer.found(page);
    }

    /** One more is read than may be answered, which tells whether there are more. */
    private static Answer page(OfSubordinates query, RecordedHistory history) {
        List<PlacedSubordinate> found = history.subordinates(query.customerId(), query.after(), query.limit() + 1);
        List<PlacedSubordinate> shown = found.subList(0, Math.min(query.limit(), found.size()));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray("subordinates");
        shown.forEach(placed -> list.add(SubordinateJson.of(placed.subordinate())));
        boolean hasMore = found.size() > query.limit();
        page.put("next", hasMore ? shown.get(shown.size() - 1).position().text() : null);
        return Answer.found(page);
    }

    private record Events(Iterator<RecordedEvent> recorded) implements Iterator<Event> {

        @Override
        public boolean hasNext() {
            return recorded.hasNext();
        }

        @Override
        public Event next() {
            return EventMapping.toDomain(recorded.next().getEvent());
        }
    }
}
