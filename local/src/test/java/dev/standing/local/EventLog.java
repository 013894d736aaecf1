package dev.standing.local;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.testing.CommittedRecords;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a topic of a local run from its beginning to its end, only what is committed. */
final class EventLog {

    private EventLog() {}

    /** The events of a customer. */
    static List<CustomerEvent> of(LocalProcess local, String customerId) {
        return of(local, customerId::equals);
    }

    /** The events of some customers; those of each in their order. */
    static List<CustomerEvent> of(LocalProcess local, Predicate<String> customerId) {
        try (SchemaRegistryClient registry =
                new SchemaRegistryClient(Map.of("schema.registry.url", local.address("Schema registry")))) {
            return Decoded.values(read(local, "standing.events"), registry, CustomerEvent.class).stream()
                    .filter(event -> customerId.test(event.getCustomerId()))
                    .toList();
        }
    }

    /** The updates of a customer's subordinates. */
    static List<SubordinateUpdate> updates(LocalProcess local, String customerId) {
        try (SchemaRegistryClient registry =
                new SchemaRegistryClient(Map.of("schema.registry.url", local.address("Schema registry")))) {
            return Decoded.values(read(local, "standing.subordinate-updates"), registry, SubordinateUpdate.class)
                    .stream()
                    .filter(update -> update.getCustomerId().equals(customerId))
                    .toList();
        }
    }

    /** All dead letters. */
    static List<ConsumerRecord<byte[], byte[]>> deadLetters(LocalProcess local) {
        return read(local, "standing.commands.dlq");
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(LocalProcess local, String topic) {
        return CommittedRecords.read(local.address("Kafka"), topic);
    }
}
