package dev.standing.audit.history;

import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.serde.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the events topic, which lies there under a customer's key. */
public sealed interface KeyedRecord {

    /** The customer that its key names. */
    String customerId();

    /** Where it lies. */
    Place place();

    /** When it was written, as the timestamp says that Kafka keeps. */
    Instant writtenAt();

    /**
     * An event.
     *
     * @param customerId the customer that the key names; that of the event may be another in a log that was tampered with
     */
    record Decoded(String customerId, LoggedEvent event, Instant writtenAt) implements KeyedRecord {

        @Override
        public Place place() {
            return event.place();
        }
    }

    /**
     * A record that is no event.
     *
     * @param why in words
     */
    record Unreadable(String customerId, Place place, String why, Instant writtenAt) implements KeyedRecord {}

    /** An event that lies under the key of its own customer, and was written when it was recorded. */
    static KeyedRecord of(LoggedEvent event) {
        return new Decoded(event.event().getCustomerId(), event, event.event().getRecordedAt());
    }

    /**
     * What a record is. A record without a key is nobody's: that of the customer with the empty id, which there is not.
     *
     * @throws dev.standing.registry.RegistryException if the registry does not say how it was written
     */
    static KeyedRecord read(EventReader events, ConsumerRecord<byte[], byte[]> record) {
        String customerId = customerId(record);
        Place place = new Place(record.partition(), record.offset());
        Instant writtenAt = Instant.ofEpochMilli(record.timestamp());
        if (record.value() == null) {
            return new Unreadable(customerId, place, "it has no value", writtenAt);
        }
        try {
            return new Decoded(customerId, events.read(record), writtenAt);
        } catch (UndecodableRecordException e) {
            return new Unreadable(customerId, place, "it is no event: " + Words.firstReason(e.getMessage()), writtenAt);
        }
    }

    /** The customer that the key of a record names. */
    static String customerId(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
