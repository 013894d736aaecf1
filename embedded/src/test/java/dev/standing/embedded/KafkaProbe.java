package dev.standing.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** What the tests do as clients of a broker, with strings. */
public record KafkaProbe(String bootstrapServers) {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    void createTopic(String name) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("topic " + name + " was not created", e);
        }
    }

    /** Asks for a topic without waiting for the answer. */
    void requestTopic(String name) {
        Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        try {
            // Connected first, so that the second that closing leaves is enough to send the request.
            admin.describeCluster().nodes().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("topic " + name + " was not asked for", e);
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", bootstrapServers);
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    void send(String topic, String value) {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, value)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(value + " was not sent", e);
        }
    }

    /** Every committed record of the topic's partition 0, once at least so many are there. */
    public List<ConsumerRecord<String, String>> read(String topic, int atLeast) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            Awaitility.await().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                return records.size() >= atLeast && consumer.position(partition) >= end;
            });
        }
        return records;
    }

    List<String> values(String topic, int atLeast) {
        return read(topic, atLeast).stream().map(ConsumerRecord::value).toList();
    }
}
