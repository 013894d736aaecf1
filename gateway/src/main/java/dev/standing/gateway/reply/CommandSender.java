package dev.standing.gateway.reply;

import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.domain.command.Command;
import dev.standing.gateway.log.RequestTag;
import dev.standing.headers.CloudEventHeaders;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.mapping.CommandMapping;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes commands. Idempotent, so that none is written twice or out of order; no transaction. While Kafka is away, it
 * hardly holds who sends: the producer has its threads wait for whatever it has forgotten by then, such as the partitions.
 */
final class CommandSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandSender.class);
    private static final Duration CLOSE = Duration.ofMillis(200);
    private static final Duration START = Duration.ofSeconds(15);

    /** How long a thread that sends may be held: it serves HTTP, and there are few. */
    private static final Duration HOLD = Duration.ofMillis(200);

    /** Partitions are known for good, however long nothing is sent: else the next one that sends waits for them. */
    private static final Duration REMEMBER_PARTITIONS = Duration.ofDays(365);

    private static final String EVENT_TYPE_PREFIX = "dev.standing.command.";
    private static final String EVENT_SOURCE = "urn:standing:gateway";

    private final Producer<byte[], byte[]> producer;
    private final Serializer<CustomerCommand> serializer;
    private final CloudEventHeaders cloudEvents = new CloudEventHeaders(EVENT_SOURCE);
    private final String topic;
    private final String instanceId;
    private final Clock clock;
    private final Confirmations confirmations = new Confirmations(System::nanoTime);

    CommandSender(
            Producer<byte[], byte[]> producer,
            Serializer<CustomerCommand> serializer,
            String topic,
            String instanceId,
            Clock clock) {
        this.producer = producer;
        this.serializer = serializer;
        this.topic = topic;
        this.instanceId = instanceId;
        this.clock = clock;
    }

    /**
     * Starts a sender, which knows where to send to when this returns.
     *
     * @param kafka settings of the producer
     * @param instanceId whom results are to be addressed to
     * @throws KafkaException if Kafka or the registry do not answer, or the schema is not registered
     */
    static CommandSender start(
            Map<String, Object> kafka,
            Serializer<CustomerCommand> serializer,
            String topic,
            String instanceId,
            Clock clock) {
        kafka.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        kafka.put(ProducerConfig.ACKS_CONFIG, "all");
        kafka.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        kafka.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, HOLD.toMillis());
        kafka.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER_PARTITIONS.toMillis());
        kafka.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        kafka.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        // The processor dead-letters what does not lie where the default partitioner puts it.
        kafka.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        kafka.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false);
        kafka.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        CommandSender sender = new CommandSender(producer, serializer, topic, instanceId, clock);
        try {
            sender.warmUp();
        } catch (RuntimeException e) {
            sender.close();
            throw e;
        }
        return sender;
    }

    /** Asks Kafka for the partitions and the registry for the schema's id: the first request is not to wait for them. */
    private void warmUp() {
        awaitPartitions();
        serializer.serialize(
                topic,
                CustomerCommand.newBuilder()
                        .setCommandId("")
                        .setCustomerId("")
                        .setSource("")
                        .setType(CommandType.UNKNOWN)
                        .build());
    }

    private void awaitPartitions() {
        long start = System.nanoTime();
        while (true) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() - start > START.toNanos()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Whether something may be sent now. Whoever is told so is to send; it is not so while Kafka confirms nothing, but for a
     * try now and then.
     */
    boolean admits() {
        return confirmations.admits();
    }

    /** Sends a command, and tells the waiter that it was taken or, if it was not, completes it. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells more.
    void send(Command command, Optional<String> traceparent, Waiter waiter) {
        ProducerRecord<byte[], byte[]> message;
        try {
            message = message(command, traceparent);
        } catch (KafkaException e) {
            waiter.complete(failed(command, e, false));
            return;
        }
        Thread caller = Thread.currentThread();
        Optional<String> request = RequestTag.current();
        Confirmations.Sending sending = confirmations.send();
        try {
            producer.send(message, (metadata, failure) -> {
                if (failure == null) {
                    sending.confirmed();
                    waiter.acknowledge();
                } else {
                    sending.failed(failure);
                    // What fails within the call itself was never handed to the thread that sends.
                    boolean sent = Thread.currentThread() != caller;
                    waiter.complete(RequestTag.within(request, () -> failed(command, failure, sent)));
                }
            });
        } catch (KafkaException e) {
            sending.failed(e);
            waiter.complete(failed(command, e, false));
        }
    }

    private ProducerRecord<byte[], byte[]> message(Command command, Optional<String> traceparent) {
        CustomerCommand value = CommandMapping.toAvro(command);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic, command.customerId().getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, value));
        String commandId = command.origin().commandId();
        HeaderText.write(message.headers(), HeaderNames.REPLY_TO, instanceId);
        HeaderText.write(message.headers(), HeaderNames.CORRELATION_ID, commandId);
        cloudEvents.write(
                message.headers(),
                commandId,
                EVENT_TYPE_PREFIX + value.getType().name(),
                clock.instant());
        traceparent.ifPresent(trace -> HeaderText.write(message.headers(), HeaderNames.TRACEPARENT, trace));
        return message;
    }

    private static Reply failed(Command command, Exception failure, boolean sent) {
        LOG.warn("The command {} was not confirmed: {}", command.origin().commandId(), failure.toString());
        boolean refused = failure instanceof AuthorizationException || failure instanceof RecordTooLargeException;
        return sent && !refused
                ? new Reply.PerhapsTaken()
                : new Reply.NotTaken("Kafka cannot take the request now. Nothing was recorded; try again later.");
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
