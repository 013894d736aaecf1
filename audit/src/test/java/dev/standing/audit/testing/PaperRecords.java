package dev.standing.audit.testing;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Place;
import dev.standing.audit.testing.PaperLog.Partition;
import dev.standing.audit.testing.PaperLog.Placed;
import dev.standing.audit.testing.PaperLog.Plan;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.command.Command;
import dev.standing.headers.HeaderNames;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.EventChain.Link;
import dev.standing.serde.AvroPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Takes down what is written, and where a broker would put it. */
final class PaperRecords {

    private final AvroPayload<CustomerCommand> commands = new AvroPayload<>(CustomerCommand.class);
    private final AvroPayload<CommandResult> results = new AvroPayload<>(CommandResult.class);
    private final AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);
    private final AvroPayload<SubordinateUpdate> updates = new AvroPayload<>(SubordinateUpdate.class);
    private final AvroPayload<ExternalIdClaim> claims = new AvroPayload<>(ExternalIdClaim.class);

    private final int partitionCount;
    private final List<Partition> partitions;
    private final List<PaperRecord> records = new ArrayList<>();
    private final Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    private final Set<TopicPartition> inTransaction = new HashSet<>();
    private int transaction;

    private record TopicPartition(PaperTopic topic, int partition) {}

    PaperRecords(int partitions) {
        this.partitionCount = partitions;
        this.partitions = Stream.generate(() -> new Partition(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()))
                .limit(partitions)
                .toList();
    }

    PaperLog log(Plan plan) {
        return new PaperLog(plan, partitions, records);
    }

    /** The transaction ends here: a marker takes an offset in every partition that it wrote to. */
    void commit() {
        if (!inTransaction.isEmpty()) {
            inTransaction.forEach(this::nextOffset);
            inTransaction.clear();
            transaction++;
        }
    }

    void command(Command command, Instant time) {
        command(command, partitionOf(command.customerId()), time);
    }

    /** A producer with another partitioner wrote it; if there is one partition only, it wrote another key. */
    void misplacedCommand(Command command, Instant time) {
        if (partitionCount > 1) {
            command(command, (partitionOf(command.customerId()) + 1) % partitionCount, time);
            return;
        }
        Place place = place(PaperTopic.COMMANDS, 0, false);
        partitions.get(0).commands().add(new LoggedCommand(place, time, command));
        records.add(commandRecord(command, 0, time).withKey("somebody else"));
    }

    void unreadableCommand(Command command, Instant time) {
        int partition = partitionOf(command.customerId());
        place(PaperTopic.COMMANDS, partition, false);
        records.add(commandRecord(command, partition, time).unreadable());
    }

    private void command(Command command, int partition, Instant time) {
        Place place = place(PaperTopic.COMMANDS, partition, false);
        partitions.get(partition).commands().add(new LoggedCommand(place, time, command));
        records.add(commandRecord(command, partition, time));
    }

    private PaperRecord commandRecord(Command command, int partition, Instant time) {
        return new PaperRecord(
                PaperTopic.COMMANDS,
                partition,
                command.customerId(),
                Optional.of(commands.encode(CommandMapping.toAvro(command))),
                true,
                time,
                headers(
                        PaperTopic.COMMANDS,
                        "urn:standing:paper",
                        command.origin().commandId(),
                        time),
                OptionalInt.empty());
    }

    void event(Link link, Instant time) {
        String customerId = link.event().getCustomerId();
        Place place = add(
                PaperTopic.EVENTS,
                customerId,
                link.payload(),
                time,
                headers(
                        PaperTopic.EVENTS,
                        link.event().getEventId(),
                        link.event().getRecordedAt()));
        partition(place).events().add(new LoggedEvent(place, link.event(), link.hash()));
    }

    void result(String commandId, CommandResult result, Instant time, Instant decidedAt) {
        Map<String, String> headers = headers(PaperTopic.RESULTS, commandId, decidedAt);
        headers.put(HeaderNames.CORRELATION_ID, commandId);
        Place place = add(PaperTopic.RESULTS, result.getCustomerId(), results.encode(result), time, headers);
        partition(place).results().add(new LoggedResult(place, commandId, result));
    }

    void customer(Customer customer, Instant time) {
        Place place = add(
                PaperTopic.CUSTOMERS,
                customer.getCustomerId(),
                customers.encode(customer),
                time,
                headers(
                        PaperTopic.CUSTOMERS,
                        customer.getCustomerId() + ":" + customer.getSequence(),
                        customer.getRecordedAt()));
        partition(place).customers().add(new Placed<>(place, customer));
    }

    void update(SubordinateUpdate update, Instant time) {
        Place place = add(
                PaperTopic.SUBORDINATE_UPDATES,
                update.getCustomerId(),
                updates.encode(update),
                time,
                headers(PaperTopic.SUBORDINATE_UPDATES, update.getUpdateId(), update.getRecordedAt()));
        partition(place).updates().add(new Placed<>(place, update));
    }

    void claim(String externalId, String customerId, String commandId, Instant time) {
        ExternalIdClaim claim = new ExternalIdClaim(externalId, customerId, commandId, time);
        add(
                PaperTopic.EXTERNAL_IDS,
                externalId,
                claims.encode(claim),
                time,
                headers(PaperTopic.EXTERNAL_IDS, commandId, time));
    }

    void release(String externalId, String commandId, Instant time) {
        Place place = place(PaperTopic.EXTERNAL_IDS, partitionOf(externalId), true);
        records.add(new PaperRecord(
                PaperTopic.EXTERNAL_IDS,
                place.partition(),
                externalId,
                Optional.empty(),
                false,
                time,
                headers(PaperTopic.EXTERNAL_IDS, commandId, time),
                OptionalInt.of(transaction)));
    }

    private Place add(PaperTopic topic, String key, byte[] payload, Instant time, Map<String, String> headers) {
        Place place = place(topic, partitionOf(key), true);
        records.add(new PaperRecord(
                topic, place.partition(), key, Optional.of(payload), true, time, headers, OptionalInt.of(transaction)));
        return place;
    }

    private Place place(PaperTopic topic, int partition, boolean transactional) {
        TopicPartition lies = new TopicPartition(topic, partition);
        if (transactional) {
            inTransaction.add(lies);
        }
        return new Place(partition, nextOffset(lies));
    }

    private long nextOffset(TopicPartition partition) {
        return offsets.merge(partition, 1L, Long::sum) - 1;
    }

    private Partition partition(Place place) {
        return partitions.get(place.partition());
    }

    private int partitionOf(String key) {
        return PaperLog.partitionOf(key, partitionCount);
    }

    private static Map<String, String> headers(PaperTopic topic, String id, Instant time) {
        return headers(topic, "urn:standing:processor", id, time);
    }

    private static Map<String, String> headers(PaperTopic topic, String source, String id, Instant time) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HeaderNames.CE_SPECVERSION, "1.0");
        headers.put(HeaderNames.CE_SOURCE, source);
        headers.put(HeaderNames.CE_ID, id);
        headers.put(HeaderNames.CE_TYPE, topic.eventType());
        headers.put(HeaderNames.CE_TIME, time.toString());
        return headers;
    }
}
