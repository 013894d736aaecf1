package dev.standing.local.demo;

import dev.standing.avro.CustomerEvent;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic of events as any consumer would, from its end on, and only what is committed. For one thread. */
final class EventFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SchemaRegistryClient registry;
    private final Admin admin;
    private final KafkaConsumer<String, CustomerEvent> consumer;
    private final List<TopicPartition> partitions;

    private EventFeed(ConnectionSettings connection) {
        TopicCatalogue catalogue =
                new TopicCatalogue(connection.topicPrefix(), connection.partitions(), connection.replicationFactor());
        this.partitions = IntStream.range(0, connection.partitions())
                .mapToObj(partition -> new TopicPartition(catalogue.events().name(), partition))
                .toList();
        Map<String, Object> kafka = new HashMap<>(connection.kafka());
        this.admin = Admin.create(kafka);
        kafka.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.registry = new SchemaRegistryClient(connection.registry());
        this.consumer = new KafkaConsumer<>(
                kafka, new StringDeserializer(), new AvroDeserializer<>(registry, CustomerEvent.class, false));
    }

    /** A feed of what is written from now on. */
    static EventFeed fromNow(ConnectionSettings connection) {
        EventFeed feed = new EventFeed(connection);
        feed.consumer.assign(feed.partitions);
        feed.ends().forEach(feed.consumer::seek);
        return feed;
    }

    /**
     * Everything that has been written since the last call. What was answered before this call was decided before, so
     * its events are among these: all transactions that were open are waited for.
     *
     * @throws IllegalStateException if a transaction stays open for 20 s
     */
    List<SeenEvent> next() {
        Map<TopicPartition, Long> ends = ends();
        List<SeenEvent> events = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasReached(ends)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Events are not committed after " + PATIENCE.toSeconds() + " s: " + ends);
            }
            for (ConsumerRecord<String, CustomerEvent> found : consumer.poll(POLL)) {
                events.add(new SeenEvent(found.partition(), found.offset(), found.value()));
            }
        }
        return events;
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The ends of the partitions, uncommitted records and the markers of transactions included. */
    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(
                            asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get();
            found.forEach((partition, end) -> ends.put(partition, end.offset()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("The ends of the events cannot be found out", e.getCause());
        }
        return ends;
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
        registry.close();
    }
}
