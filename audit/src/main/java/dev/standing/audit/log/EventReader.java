package dev.standing.audit.log;

import dev.standing.avro.CustomerEvent;
import dev.standing.mapping.EventChain;
import dev.standing.serde.UndecodableRecordException;
import dev.standing.serde.WireFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads events, with their hashes. Safe for use by many threads. */
public final class EventReader {

    private static final byte[] NOTHING = {};

    private final ValueReader<CustomerEvent> values;

    /** Reads events of this log. */
    public EventReader(AuditLog log) {
        this.values = log.reader(CustomerEvent.class);
    }

    /**
     * The event of a record.
     *
     * @throws UndecodableRecordException if there is none: the record has no value, or bytes that can never be read
     * @throws dev.standing.registry.RegistryException if the registry does not say how it was written
     */
    public LoggedEvent read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        WireFormat.Frame frame = WireFormat.read(record.headers(), false, value);
        CustomerEvent event = values.read(record);
        return new LoggedEvent(
                new Place(record.partition(), record.offset()),
                event,
                EventChain.hash(value, frame.offset(), frame.length()));
    }
}
