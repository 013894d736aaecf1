package dev.standing.gateway.reply;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all results from its start on, whoever they are for. One thread, which outlives restarts of brokers; what it
 * does not outlive, {@link #failure} tells.
 */
final class ResultsReader implements AutoCloseable {

    /** What is done with a result. Called by the reader's one thread, which it must not hold. */
    @FunctionalInterface
    interface Receiver {

        /** A result, still encoded. */
        void receive(ConsumerRecord<byte[], byte[]> result);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ResultsReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofSeconds(15);
    private static final Duration CLOSE = Duration.ofMillis(200);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Receiver receiver;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Optional<String> failure = Optional.empty();

    private ResultsReader(Consumer<byte[], byte[]> consumer, Receiver receiver) {
        this.consumer = consumer;
        this.receiver = receiver;
        this.thread = new Thread(this::run, "gateway-results");
        thread.setDaemon(true);
    }

    /**
     * Starts reading at the end of every partition. When this returns, no result that is written later is missed.
     *
     * @param kafka settings of the consumer
     * @throws org.apache.kafka.common.KafkaException if Kafka does not tell where the ends are
     */
    static ResultsReader start(Map<String, Object> kafka, String topic, Receiver receiver) {
        kafka.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        kafka.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return start(
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer()), topic, receiver);
    }

    /** As above, with a consumer that is from now on the reader's own. */
    static ResultsReader start(Consumer<byte[], byte[]> consumer, String topic, Receiver receiver) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, START).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // The seek is carried out by asking for the position: an end that moves on meanwhile would be missed.
            partitions.forEach(partition -> consumer.position(partition, START));
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(CLOSE));
            throw e;
        }
        ResultsReader reader = new ResultsReader(consumer, receiver);
        reader.thread.start();
        return reader;
    }

    /** Why results are not read any more, for people; empty: they are. */
    Optional<String> failure() {
        return failure;
    }

    private void run() {
        try {
            while (!stopping) {
                poll();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("Results are not read any more: no request can be answered", e);
            failure = Optional.of("results are not read any more: " + e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void poll() {
        try {
            consumer.poll(POLL).forEach(receiver::receive);
        } catch (WakeupException e) {
            LOG.debug("Woken up to stop", e);
        } catch (RetriableException e) {
            LOG.warn("Results cannot be read for the moment", e);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Stops reading; returns when the consumer is closed, or after a short time. */
    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        try {
            thread.join(2 * CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
