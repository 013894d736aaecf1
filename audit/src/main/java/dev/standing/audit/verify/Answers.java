package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Answers questions about customers, as the running system does. Safe for use by many threads. */
@FunctionalInterface
public interface Answers {

    /** What is answered. */
    sealed interface Answer {

        /** The customer, as REST shows it. */
        record Told(JsonNode customer) implements Answer {}

        /** Something else than a customer. */
        record Refused(String why) implements Answer {}

        /** Nothing, for some time. */
        record Unavailable(String why) implements Answer {}
    }

    /** The customer as it was known then. */
    Answer ask(String customerId, Instant knownAt) throws InterruptedException;
}
