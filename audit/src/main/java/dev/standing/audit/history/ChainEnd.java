package dev.standing.audit.history;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * The last event of a customer so far, which the next one has to follow ({@code semantics.md} section 8).
 *
 * @param sequence its sequence
 * @param recordedAt when it was recorded
 * @param hash its hash
 */
record ChainEnd(long sequence, Instant recordedAt, Sha256 hash) {

    /** The event as the end of a chain. */
    static ChainEnd of(LoggedEvent event) {
        return new ChainEnd(event.event().getSequence(), event.event().getRecordedAt(), event.hash());
    }

    /**
     * Whether an event that is not the next one of a customer is one too many: none is missing before it, and none before
     * it was changed.
     *
     * @param end the customer's last event before it; empty: it has none
     */
    static boolean isStray(Optional<ChainEnd> end, String customerId, LoggedEvent logged) {
        return !logged.event().getCustomerId().equals(customerId)
                || logged.event().getSequence() <= end.map(ChainEnd::sequence).orElse(0L);
    }

    /**
     * Why an event is not the next one of a customer.
     *
     * @param end the customer's last event before it; empty: it has none
     * @return in words; empty: it is the next one
     */
    static Optional<String> problem(Optional<ChainEnd> end, String customerId, LoggedEvent logged) {
        CustomerEvent event = logged.event();
        if (!event.getCustomerId().equals(customerId)) {
            return Optional.of(
                    "it is an event of customer " + event.getCustomerId() + " under the key of " + customerId);
        }
        long expected = end.map(ChainEnd::sequence).orElse(0L) + 1;
        if (event.getSequence() != expected) {
            return Optional.of("it has sequence " + event.getSequence() + " where " + expected + " should follow");
        }
        if (!event.getPreviousHash().equals(end.map(ChainEnd::hash))) {
            return Optional.of(
                    end.isEmpty()
                            ? "it carries the hash of an event before it, and is the first"
                            : "it does not carry the hash of the event before it");
        }
        return end.filter(last -> event.getRecordedAt().isBefore(last.recordedAt()))
                .map(last -> "it was recorded at " + event.getRecordedAt() + ", before the event that it follows");
    }
}
