package dev.standing.processor.query;

import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.domain.history.PointInTime;
import dev.standing.processor.history.Subject;
import dev.standing.processor.history.Subject.Kind;
import dev.standing.processor.history.SubordinatePosition;
import java.util.Optional;
import java.util.Set;

/** A question. */
sealed interface Query {

    /** What it is about. */
    Subject subject();

    /**
     * A customer, at some point in time.
     *
     * @param point {@link PointInTime#NOW}: as it is now
     */
    record OfCustomer(String customerId, PointInTime point) implements Query {

        static OfCustomer parse(QueryParameters parameters) {
            parameters.requireOnly(Set.of("customerId", "asOf", "knownAt"));
            return new OfCustomer(
                    parameters.text("customerId"),
                    new PointInTime(parameters.instant("asOf"), parameters.instant("knownAt")));
        }

        @Override
        public Subject subject() {
            return new Subject(Kind.CUSTOMER, customerId);
        }
    }

    /**
     * A page of a customer's events, oldest first.
     *
     * @param after only events with a higher sequence
     * @param limit how many at most
     */
    record OfEvents(String customerId, long after, int limit) implements Query {

        private static final int DEFAULT_LIMIT = 100;
        private static final int MAX_LIMIT = 1_000;

        static OfEvents parse(QueryParameters parameters) {
            parameters.requireOnly(Set.of("customerId", "after", "limit"));
            return new OfEvents(
                    parameters.text("customerId"),
                    parameters.number("after", 0, 0, Long.MAX_VALUE),
                    Math.toIntExact(parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)));
        }

        @Override
        public Subject subject() {
            return new Subject(Kind.CUSTOMER, customerId);
        }
    }

    /**
     * A page of a customer's subordinates, parents before children.
     *
     * @param after only those behind this place
     * @param limit how many at most
     */
    record OfSubordinates(String customerId, Optional<SubordinatePosition> after, int limit) implements Query {

        private static final int DEFAULT_LIMIT = 100;
        private static final int MAX_LIMIT = 1_000;

        static OfSubordinates parse(QueryParameters parameters) {
            parameters.requireOnly(Set.of("customerId", "after", "limit"));
            return new OfSubordinates(
                    parameters.text("customerId"),
                    parameters.reading("after", SubordinatePosition::parse, "the next of an earlier page, as it was"),
                    Math.toIntExact(parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)));
        }

        @Override
        public Subject subject() {
            return new Subject(Kind.CUSTOMER, customerId);
        }
    }

    /** The remembered result of a request. */
    record OfRequest(ByRequestId request) implements Query {

        static OfRequest parse(QueryParameters parameters) {
            parameters.requireOnly(Set.of("customerId", "source", "requestId"));
            return new OfRequest(new ByRequestId(
                    parameters.text("customerId"), parameters.text("source"), parameters.text("requestId")));
        }

        @Override
        public Subject subject() {
            return new Subject(Kind.REQUESTS, request.customerId());
        }
    }

    /** The customer that an externalId belongs to. */
    record OfExternalId(String externalId) implements Query {

        static OfExternalId parse(QueryParameters parameters) {
            parameters.requireOnly(Set.of("externalId"));
            return new OfExternalId(parameters.text("externalId"));
        }

        @Override
        public Subject subject() {
            return new Subject(Kind.EXTERNAL_ID, externalId);
        }
    }
}
