package dev.standing.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.bench.platform.TestBed;
import dev.standing.domain.command.Command;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.serde.AvroSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what a processor would write of whole lives of customers, far faster than one could: nothing is answered, and
 * there are no transactions. For one thread.
 */
public final class LogWriter implements AutoCloseable {

    private final TestBed bed;
    private final Decider decider;
    private final EventChain chain = new EventChain();
    private final AvroSerializer<CustomerEvent> events;
    private final AvroSerializer<dev.standing.avro.Customer> customers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());

    /** Writes to the topics of the test bed, under its policy. */
    public LogWriter(TestBed bed) {
        this.bed = bed;
        this.decider = new Decider(bed.policy());
        this.events = new AvroSerializer<>(bed.registry(), false);
        this.customers = new AvroSerializer<>(bed.registry(), false);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bed.bootstrapServers(), "linger.ms", 20, "batch.size", 131_072),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Writes a life.
     *
     * @param commands all that is ever asked for a customer that nobody knows yet; its subordinates are registered once
     */
    public void write(List<CustomerCommand> commands) {
        Optional<Customer> customer = Optional.empty();
        Optional<Sha256> head = Optional.empty();
        for (CustomerCommand asked : commands) {
            Command command = CommandMapping.toDomain(asked);
            Decided decided = (Decided) decider.decide(
                    customer, Hierarchy.empty(), Optional.empty(), command, ClaimStatus.UNDECIDED, Instant.now());
            List<Event> happened = decided.events();
            for (EventChain.Link link : chain.extend(head, happened)) {
                send(bed.topics().events().name(), asked.getCustomerId(), events, link.event());
                head = Optional.of(link.hash());
            }
            customer = CustomerEvolution.evolve(customer, happened);
        }
        dev.standing.avro.Customer latest = CustomerMapping.toAvro(customer.orElseThrow(), head.orElseThrow());
        send(bed.topics().customers().name(), latest.getCustomerId(), customers, latest);
        failure.get().ifPresent(cause -> {
            throw new IllegalStateException("The log cannot be written", cause);
        });
    }

    private <T extends SpecificRecord> void send(
            String topic, String customerId, AvroSerializer<T> serializer, T value) {
        byte[] key = customerId.getBytes(UTF_8);
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, value)), (sent, cause) -> {
                    if (cause != null) {
                        failure.set(Optional.of(cause));
                    }
                });
    }

    /** Returns when all of it is written. */
    @Override
    public void close() {
        producer.close();
    }
}
