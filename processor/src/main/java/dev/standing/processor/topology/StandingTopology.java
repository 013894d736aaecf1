package dev.standing.processor.topology;

import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.store.ParkedCommand;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.policy.Policy;
import dev.standing.processor.execution.CommandExecution;
import dev.standing.processor.intake.CommandIntake;
import dev.standing.processor.intake.ParkedCommands;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.output.DeadLetters;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.output.Sink;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.RequestStore;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.StoreCodec;
import dev.standing.topics.TopicCatalogue;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The topology: commands in, and out of one {@code CommandProcessor} a partition the events, results, latest states and
 * dead letters. Everything is named, so that no internal topic's name hangs on the order in which this is written.
 */
public final class StandingTopology {

    private static final String SOURCE = "commands-source";
    private static final String PROCESSOR = "command-processor";

    private final TopicCatalogue topics;
    private final Policy policy;
    private final SchemaRegistryClient registry;
    private final SchemaFetcher schemas;
    private final OutputEncoder encoder;
    private final InstantSource clock;
    private final WaitingTasks waiting;

    /**
     * A topology over these topics.
     *
     * @param registry has the schemas of the commands
     * @param schemas fetches into the cache of the registry's client
     * @param clock the one clock of all decisions
     * @param waiting is told of the tasks in which commands wait for the registry
     */
    public StandingTopology(
            TopicCatalogue topics,
            Policy policy,
            SchemaRegistryClient registry,
            SchemaFetcher schemas,
            OutputEncoder encoder,
            InstantSource clock,
            WaitingTasks waiting) {
        this.topics = topics;
        this.policy = policy;
        this.registry = registry;
        this.schemas = schemas;
        this.encoder = encoder;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Builds it. */
    public Topology build() {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer out = new ByteArraySerializer();
        Topology topology = new Topology();
        topology.addSource(SOURCE, in, in, topics.commands().name());
        topology.addProcessor(PROCESSOR, commandProcessors(), SOURCE);
        topology.addStateStore(CustomerStore.builder(new StoreCodec<>(Customer.class)), PROCESSOR);
        topology.addStateStore(
                RequestStore.builder(new StoreCodec<>(RememberedRequest.class), policy.idempotencyRetention()),
                PROCESSOR);
        topology.addStateStore(ParkedCommands.builder(new StoreCodec<>(ParkedCommand.class)), PROCESSOR);
        topology.addSink(Sink.EVENTS.nodeName(), topics.events().name(), out, out, PROCESSOR);
        topology.addSink(Sink.RESULTS.nodeName(), topics.results().name(), out, out, PROCESSOR);
        topology.addSink(Sink.CUSTOMERS.nodeName(), topics.customers().name(), out, out, PROCESSOR);
        topology.addSink(Sink.DEAD_LETTERS.nodeName(), topics.deadLetters().name(), out, out, PROCESSOR);
        return topology;
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> commandProcessors() {
        CommandExecution execution = new CommandExecution(new Decider(policy), encoder);
        DeadLetters deadLetters = new DeadLetters(topics.commands().name());
        return () -> new CommandProcessor(
                new CommandIntake(
                        topics.commands().name(),
                        topics.partitions(),
                        schemas,
                        new AvroDeserializer<>(registry, CustomerCommand.class, false)),
                execution,
                deadLetters,
                clock,
                policy.idempotencyRetention(),
                waiting);
    }
}
