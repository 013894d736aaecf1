package dev.standing.gateway;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.Sha256;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision;
import dev.standing.domain.decision.RememberedRequest;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.ResultMapping;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers commands as the processor would: the same rules, without its stores and transactions. Two kinds of customers
 * are treated unlike others: those whose id begins with {@value #SILENT} get no answer, and those whose id begins with
 * {@value #GARBLED} get one that nobody can read.
 */
final class StandInProcessor {

    static final String SILENT = "silent-";
    static final String GARBLED = "garbled-";

    private record Remembered(RememberedRequest request, CommandResult result) {}

    private final Platform platform;
    private final SchemaRegistryClient registry;
    private final AvroDeserializer<CustomerCommand> commands;
    private final AvroSerializer<CommandResult> results;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Decider decider = new Decider(PolicyFile.packagedDefault());
    private final Map<String, Customer> customers = new HashMap<>();
    private final Map<RequestKey, Remembered> remembered = new HashMap<>();
    private final Collection<ConsumerRecord<byte[], byte[]>> seen = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "stand-in-processor");
    private volatile boolean stopping;

    StandInProcessor(Platform platform) {
        this.platform = platform;
        this.registry = platform.registry();
        this.commands = new AvroDeserializer<>(registry, CustomerCommand.class, false);
        this.results = new AvroSerializer<>(registry, false);
        this.consumer = new KafkaConsumer<>(platform.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(platform.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        List<TopicPartition> partitions = IntStream.range(0, Platform.PARTITIONS)
                .mapToObj(partition ->
                        new TopicPartition(platform.topics().commands().name(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    /** The commands of a customer, in the order in which they came. */
    List<ConsumerRecord<byte[], byte[]>> commandsOf(String customerId) {
        return seen.stream()
                .filter(command -> new String(command.key(), StandardCharsets.UTF_8).equals(customerId))
                .toList();
    }

    private void run() {
        try {
            while (!stopping) {
                consumer.poll(Duration.ofSeconds(1)).forEach(this::answer);
            }
        } catch (WakeupException e) {
            stopping = true;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A result that is not written is missed by the test that waits.
    private void answer(ConsumerRecord<byte[], byte[]> message) {
        seen.add(message);
        Command command =
                CommandMapping.toDomain(commands.deserialize(message.topic(), message.headers(), message.value()));
        if (command.customerId().startsWith(SILENT)) {
            return;
        }
        String topic = platform.topics().results().name();
        byte[] value = command.customerId().startsWith(GARBLED)
                ? "garbled".getBytes(StandardCharsets.UTF_8)
                : results.serialize(topic, decide(command));
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(topic, message.key(), value);
        HeaderText.copy(message.headers(), result.headers(), HeaderNames.REPLY_TO);
        HeaderText.copy(message.headers(), result.headers(), HeaderNames.CORRELATION_ID);
        producer.send(result);
    }

    private CommandResult decide(Command command) {
        Optional<Customer> customer = Optional.ofNullable(customers.get(command.customerId()));
        RequestKey key = RequestKey.of(command);
        Optional<Remembered> before = Optional.ofNullable(remembered.get(key));
        Decision decision = decider.decide(
                customer,
                Hierarchy.empty(),
                before.map(Remembered::request),
                command,
                ClaimStatus.GRANTED,
                Instant.now());
        if (decision instanceof Decision.Decided decided) {
            decided.outcome().customer().ifPresent(after -> customers.put(command.customerId(), after));
            CommandResult result = ResultMapping.toAvro(
                    command,
                    decided.outcome(),
                    decided.outcome().customer().map(after -> CustomerMapping.toAvro(after, new Sha256(new byte[32]))));
            if (decided.remembered()) {
                remembered.put(
                        key,
                        new Remembered(
                                new RememberedRequest(
                                        CommandContent.digest(command),
                                        decided.outcome().decidedAt()),
                                result));
            }
            return result;
        }
        return ResultMapping.replayed(before.orElseThrow().result());
    }

    void close() throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        thread.join();
        consumer.close();
        producer.close();
        registry.close();
    }
}
