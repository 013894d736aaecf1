package dev.standing.audit.history;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Partitions;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.RecordCursor;
import dev.standing.audit.log.Slice;
import dev.standing.audit.log.ValueReader;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerRegistered;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.serde.UndecodableRecordException;
import dev.standing.topics.TopicDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What lies in the topics about one customer. Only the customer's own partition is read, and of that only its own records
 * are decoded and kept.
 */
public final class CustomerLog {

    private final AuditLog log;
    private final Progress progress;

    /** Reads from this log. */
    public CustomerLog(AuditLog log, Progress progress) {
        this.log = log;
        this.progress = progress;
    }

    /** The customer's partition of a topic, which the default (murmur2) partitioner chooses. */
    static Slice sliceOf(String customerId, List<Slice> slices) {
        return slices.get(partitionOf(customerId, slices.size()));
    }

    /** The customer's partition, of so many. */
    static int partitionOf(String customerId, int partitions) {
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The part of the events topic that a range is in the customer's partition. */
    public Slice events(String customerId, Range range) {
        return sliceOf(customerId, log.slices(log.topics().events(), range));
    }

    /**
     * All that lies under the customer's key in the events topic, from its first record up to the end of the slice.
     *
     * @return in the order of the log; empty: there is no such customer
     */
    public List<KeyedRecord> events(String customerId, Slice slice) {
        EventReader events = new EventReader(log);
        List<KeyedRecord> found = new ArrayList<>();
        Slice whole = new Slice(slice.topic(), slice.partition(), slice.first(), slice.first(), slice.end());
        each("events", customerId, whole, record -> found.add(KeyedRecord.read(events, record)));
        return found;
    }

    /** The results of the customer's commands that are still there; what cannot be read is passed over. */
    public List<LoggedResult> results(String customerId) {
        ValueReader<CommandResult> results = log.reader(CommandResult.class);
        List<LoggedResult> found = new ArrayList<>();
        each(
                "results",
                customerId,
                slice(customerId, log.topics().results()),
                record -> read(results, record)
                        .ifPresent(result -> found.add(new LoggedResult(
                                new Place(record.partition(), record.offset()),
                                HeaderText.read(record.headers(), HeaderNames.CORRELATION_ID)
                                        .orElse(result.getCommandId()),
                                result))));
        return found;
    }

    /** The updates of the customer's subordinates that are still there; what cannot be read is passed over. */
    public void updates(String customerId, Consumer<LoggedUpdate> action) {
        ValueReader<SubordinateUpdate> updates = log.reader(SubordinateUpdate.class);
        each(
                "updates",
                customerId,
                slice(customerId, log.topics().subordinateUpdates()),
                record -> read(updates, record)
                        .ifPresent(update -> action.accept(
                                new LoggedUpdate(new Place(record.partition(), record.offset()), update))));
    }

    /**
     * The customers that were registered with an externalId: one, unless the log was tampered with. Reads all partitions.
     *
     * @param threads how many partitions are read at the same time
     * @return by partition and offset
     */
    public List<String> registeredAs(String externalId, int threads) {
        List<Slice> slices = log.slices(log.topics().events(), Range.ALL);
        EventReader events = new EventReader(log);
        progress.begin("events", slices.stream().mapToLong(Slice::length).sum());
        return Partitions.map(slices, threads, slice -> registeredAs(externalId, slice, events)).stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<String> registeredAs(String externalId, Slice slice, EventReader events) {
        List<String> found = new ArrayList<>();
        try (RecordCursor records = log.records(slice, progress)) {
            while (records.hasNext()) {
                if (KeyedRecord.read(events, records.next()) instanceof KeyedRecord.Decoded decoded
                        && registeredAs(decoded.event()).equals(Optional.of(externalId))) {
                    found.add(decoded.customerId());
                }
            }
        }
        return found;
    }

    private static Optional<String> registeredAs(LoggedEvent logged) {
        CustomerEvent event = logged.event();
        return event.getCustomerRegistered().flatMap(CustomerRegistered::getExternalId);
    }

    private Slice slice(String customerId, TopicDefinition topic) {
        return sliceOf(customerId, log.slices(topic, Range.ALL));
    }

    private void each(String what, String customerId, Slice slice, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        progress.begin(what, slice.length());
        try (RecordCursor records = log.records(slice, progress)) {
            while (records.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = records.next();
                if (Arrays.equals(key, record.key())) {
                    action.accept(record);
                }
            }
        }
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> Optional<T> read(
            ValueReader<T> values, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(values.read(record));
        } catch (UndecodableRecordException e) {
            return Optional.empty();
        }
    }
}
