package dev.standing.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.standing.avro.CustomerCommand;
import dev.standing.bench.platform.TestBed;
import dev.standing.serde.AvroSerializer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes commands to their topic. Safe for use by many threads. */
public final class CommandSender implements AutoCloseable {

    private static final int BATCH_BYTES = 256 * 1024;

    private final String topic;
    private final AvroSerializer<CustomerCommand> serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());

    private CommandSender(TestBed bed, Duration linger) {
        this.topic = bed.topics().commands().name();
        this.serializer = new AvroSerializer<>(bed.registry(), false);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bed.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG, linger.toMillis(),
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** One that sends each command at once. */
    public static CommandSender prompt(TestBed bed) {
        return new CommandSender(bed, Duration.ZERO);
    }

    /** One that sends many commands together. */
    public static CommandSender inBulk(TestBed bed) {
        return new CommandSender(bed, Duration.ofMillis(20));
    }

    /**
     * Sends a command, without waiting for the broker.
     *
     * @throws IllegalStateException if an earlier one could not be written
     */
    public void send(CustomerCommand command) {
        requireNoFailure();
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(
                        topic, command.getCustomerId().getBytes(UTF_8), serializer.serialize(topic, command)),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(Optional.empty(), Optional.of(exception));
                    }
                });
    }

    private void requireNoFailure() {
        failure.get().ifPresent(cause -> {
            throw new IllegalStateException("A command could not be written", cause);
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
