package dev.standing.audit.log;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that are used again: to connect anew for each partition takes longer than to read it. Safe for many threads. */
final class Consumers implements AutoCloseable {

    private final Map<String, Object> settings;
    private final Queue<Consumer<byte[], byte[]>> free = new ConcurrentLinkedQueue<>();

    /** Consumers with these settings. */
    Consumers(Map<String, Object> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** A consumer for one thread, which closes the loan. Nothing is assigned to it. */
    Loan lend() {
        Consumer<byte[], byte[]> consumer = free.poll();
        return new Loan(
                consumer == null
                        ? new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        : consumer);
    }

    /** A consumer while somebody has it. */
    final class Loan implements AutoCloseable {

        private final Consumer<byte[], byte[]> consumer;

        private Loan(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        Consumer<byte[], byte[]> consumer() {
            return consumer;
        }

        /** Gives it back. */
        @Override
        public void close() {
            consumer.unsubscribe();
            free.add(consumer);
        }
    }

    /** Closes those that nobody has. */
    @Override
    public void close() {
        for (Consumer<byte[], byte[]> consumer = free.poll(); consumer != null; consumer = free.poll()) {
            consumer.close();
        }
    }
}
