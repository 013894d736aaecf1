package dev.standing.mapping;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.Event;
import dev.standing.serde.AvroPayload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes events, each with the hash of the one before it ({@code semantics.md} section 8). The hash is taken from the
 * payload exactly as it is written, so whoever has the topic's bytes can follow the chain without a canonical form.
 * Safe for use by many threads.
 */
public final class EventChain {

    /** Looking the algorithm up costs about as much as hashing an event. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(EventChain::sha256);

    private final AvroPayload<CustomerEvent> payloads = new AvroPayload<>(CustomerEvent.class);

    /**
     * One event of the chain.
     *
     * @param event the event as it is written
     * @param payload its Avro payload, without the five bytes of the wire format
     * @param hash the SHA-256 of the payload, which the next event carries
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    public record Link(CustomerEvent event, byte[] payload, Sha256 hash) {}

    /**
     * Encodes the next events of a customer.
     *
     * @param head the hash of the customer's last event; empty before its first
     * @param events in their order
     */
    public List<Link> extend(Optional<Sha256> head, List<Event> events) {
        List<Link> links = new ArrayList<>();
        Optional<Sha256> previous = head;
        for (Event event : events) {
            CustomerEvent record = EventMapping.toAvro(event, previous);
            byte[] payload = payloads.encode(record);
            Sha256 hash = hash(payload);
            links.add(new Link(record, payload, hash));
            previous = Optional.of(hash);
        }
        return links;
    }

    /** The hash of an event: the SHA-256 of its payload. */
    public static Sha256 hash(byte[] payload) {
        return hash(payload, 0, payload.length);
    }

    /**
     * The hash of an event whose payload lies within other bytes.
     *
     * @param data where it lies
     * @param offset the index of its first byte
     * @param length how many bytes it has
     */
    public static Sha256 hash(byte[] data, int offset, int length) {
        MessageDigest digest = DIGEST.get();
        digest.update(data, offset, length);
        return new Sha256(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
