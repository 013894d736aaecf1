package dev.standing.embedded.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic {@code _schemas}: every record, from the first on, is given to the applier in order by one
 * thread, whoever wrote it. Nothing else changes the registry, so what it shows is what a restart would show.
 */
final class SchemaLog implements RegistryJournal, AutoCloseable {

    static final String TOPIC = "_schemas";

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLog.class);
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** How long a poll waits when nothing comes; a record ends the wait at once. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final Consumer<RegistryRecord> applier;
    private final ReadPosition position = new ReadPosition();
    private final Thread reader;
    private volatile boolean closing;

    private SchemaLog(String bootstrapServers, Consumer<RegistryRecord> applier) {
        this.applier = applier;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "client.id", "embedded-registry", "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "client.id",
                        "embedded-registry",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
        this.reader = new Thread(this::readUntilClosed, "embedded-registry-reader");
        reader.setDaemon(true);
    }

    /**
     * Opens the topic, creating it if it is missing, and waits until all that is there was applied.
     *
     * @throws IllegalStateException if Kafka cannot be reached, the topic is not compacted, or a record is unreadable
     */
    static SchemaLog open(String bootstrapServers, Consumer<RegistryRecord> applier) {
        ensureTopic(bootstrapServers);
        SchemaLog log = new SchemaLog(bootstrapServers, applier);
        try {
            log.consumer.assign(List.of(PARTITION));
            log.consumer.seekToBeginning(List.of(PARTITION));
            long end = log.consumer.endOffsets(List.of(PARTITION), LIMIT).get(PARTITION);
            log.reader.start();
            log.position.await(end, LIMIT);
            return log;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if Kafka does not take the record, or it does not come back, within 30 s; it may be
     *     applied nevertheless
     */
    @Override
    public void append(RegistryRecord fact) {
        RecordFormat.Encoded encoded = RecordFormat.encode(fact);
        try {
            long offset = producer.send(new ProducerRecord<>(TOPIC, 0, encoded.key(), encoded.value()))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
            position.await(offset + 1, LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to " + TOPIC, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not take a record for " + TOPIC, e);
        }
    }

    private void readUntilClosed() {
        try {
            while (!closing) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    apply(record);
                }
                // The position also passes what compaction and transactions left out.
                position.reached(consumer.position(PARTITION));
            }
        } catch (WakeupException e) {
            LOG.trace("Woken up in order to close", e);
        } catch (RuntimeException e) {
            // Whoever waits for a record, now or later, is told; without the reader there is no registry.
            position.failed(e);
            LOG.error("The schema registry can no longer read {}", TOPIC, e);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        }
    }

    private void apply(ConsumerRecord<String, String> record) {
        try {
            applier.accept(RecordFormat.decode(record.key(), record.value()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("unreadable record at offset " + record.offset() + " of " + TOPIC, e);
        }
    }

    private static void ensureTopic(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            if (createIfMissing(admin)) {
                // As it should be; and the broker, which learns of it from the controller, may not know it yet.
                return;
            }
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .get(resource);
            String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new IllegalStateException("topic " + TOPIC + " would lose schemas: its "
                        + TopicConfig.CLEANUP_POLICY_CONFIG + " is " + policy + ", not compact");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while preparing topic " + TOPIC, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot prepare topic " + TOPIC + " on " + bootstrapServers, e);
        }
    }

    /** Whether it was missing. */
    private static boolean createIfMissing(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            admin.createTopics(List.of(topic)).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            return false;
        }
    }

    /** Ends the thread and both clients, within 10 s. */
    @Override
    public void close() {
        closing = true;
        if (reader.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } else {
            consumer.wakeup();
            joinReader();
        }
        producer.close(Duration.ofSeconds(5));
    }

    private void joinReader() {
        try {
            reader.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            // The reader is a daemon and ends by itself; the interrupted caller has better things to do than wait.
            Thread.currentThread().interrupt();
        }
    }
}
