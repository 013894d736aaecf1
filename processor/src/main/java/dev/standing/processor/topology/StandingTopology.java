package dev.standing.processor.topology;

import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.internal.WaitingCommand;
import dev.standing.avro.store.OpenCascade;
import dev.standing.avro.store.ParkedCommand;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.policy.Policy;
import dev.standing.processor.execution.CascadeExecution;
import dev.standing.processor.execution.CommandExecution;
import dev.standing.processor.intake.CommandIntake;
import dev.standing.processor.intake.ParkedCommands;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.output.Sink;
import dev.standing.processor.store.ClaimStore;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.OpenCascades;
import dev.standing.processor.store.RequestStore;
import dev.standing.processor.store.SubordinateStore;
import dev.standing.processor.store.WaitingCommands;
import dev.standing.processor.timing.ThreadAgendas;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.StoreCodec;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The topology, in two halves. Keyed by customerId: commands in, and out of one {@code CommandProcessor} a partition the
 * events, results and latest states. Keyed by externalId: one {@code ClaimProcessor} a partition decides whose each is;
 * registrations ask it through two internal topics. Everything is named, so that no changelog's name hangs on the order
 * in which this is written.
 */
public final class StandingTopology {

    private static final String COMMANDS = "commands-source";
    private static final String CLAIM_ANSWERS = "claim-answers-source";
    private static final String COMMAND_PROCESSOR = "command-processor";
    private static final String CLAIM_REQUESTS = "claim-requests-source";
    private static final String CLAIM_PROCESSOR = "claim-processor";

    private final TopicCatalogue topics;
    private final Policy policy;
    private final SchemaRegistryClient registry;
    private final SchemaFetcher schemas;
    private final OutputEncoder encoder;
    private final InstantSource clock;
    private final WaitingTasks waiting;
    private final ThreadAgendas agendas;
    private final ProcessorMetrics metrics;

    /**
     * A topology over these topics.
     *
     * @param registry has the schemas of the commands
     * @param schemas fetches into the cache of the registry's client
     * @param clock the one clock of all decisions
     * @param waiting is told of the tasks in which commands wait for the registry
     * @param agendas are told what the tasks of each stream thread have to do beside commands, and when
     * @param metrics is told of what happens
     */
    public StandingTopology(
            TopicCatalogue topics,
            Policy policy,
            SchemaRegistryClient registry,
            SchemaFetcher schemas,
            OutputEncoder encoder,
            InstantSource clock,
            WaitingTasks waiting,
            ThreadAgendas agendas,
            ProcessorMetrics metrics) {
        this.topics = topics;
        this.policy = policy;
        this.registry = registry;
        this.schemas = schemas;
        this.encoder = encoder;
        this.clock = clock;
        this.waiting = waiting;
        this.agendas = agendas;
        this.metrics = metrics;
    }

    /** Builds it. */
    public Topology build() {
        Topology topology = new Topology();
        addCustomers(topology);
        addExternalIds(topology);
        return topology;
    }

    /** The half that is keyed by customerId. */
    void addCustomers(Topology topology) {
        addSource(topology, COMMANDS, topics.commands());
        addSource(topology, CLAIM_ANSWERS, topics.claimAnswers());
        topology.addProcessor(COMMAND_PROCESSOR, commandProcessors(), COMMANDS, CLAIM_ANSWERS);
        topology.addStateStore(CustomerStore.builder(new StoreCodec<>(Customer.class)), COMMAND_PROCESSOR);
        topology.addStateStore(
                RequestStore.builder(new StoreCodec<>(RememberedRequest.class), policy.idempotencyRetention()),
                COMMAND_PROCESSOR);
        topology.addStateStore(ParkedCommands.builder(new StoreCodec<>(ParkedCommand.class)), COMMAND_PROCESSOR);
        topology.addStateStore(WaitingCommands.builder(new StoreCodec<>(WaitingCommand.class)), COMMAND_PROCESSOR);
        topology.addStateStore(DueIndex.builder(), COMMAND_PROCESSOR);
        topology.addStateStore(SubordinateStore.builder(), COMMAND_PROCESSOR);
        topology.addStateStore(OpenCascades.builder(new StoreCodec<>(OpenCascade.class)), COMMAND_PROCESSOR);
        addSink(topology, Sink.EVENTS, topics.events(), COMMAND_PROCESSOR);
        addSink(topology, Sink.RESULTS, topics.results(), COMMAND_PROCESSOR);
        addSink(topology, Sink.CUSTOMERS, topics.customers(), COMMAND_PROCESSOR);
        addSink(topology, Sink.SUBORDINATE_UPDATES, topics.subordinateUpdates(), COMMAND_PROCESSOR);
        addSink(topology, Sink.CLAIM_REQUESTS, topics.claimRequests(), COMMAND_PROCESSOR);
        addSink(topology, Sink.NEXT_IN_LINE, topics.claimAnswers(), COMMAND_PROCESSOR);
        addSink(topology, Sink.DEAD_LETTERS, topics.deadLetters(), COMMAND_PROCESSOR);
    }

    /** The half that is keyed by externalId. */
    private void addExternalIds(Topology topology) {
        addSource(topology, CLAIM_REQUESTS, topics.claimRequests());
        ProcessorSupplier<byte[], byte[], byte[], byte[]> processors =
                () -> new ClaimProcessor(topics.claimRequests(), encoder, clock, metrics, agendas);
        topology.addProcessor(CLAIM_PROCESSOR, processors, CLAIM_REQUESTS);
        topology.addStateStore(ClaimStore.builder(new StoreCodec<>(ExternalIdClaim.class)), CLAIM_PROCESSOR);
        addSink(topology, Sink.EXTERNAL_IDS, topics.externalIds(), CLAIM_PROCESSOR);
        addSink(topology, Sink.CLAIM_ANSWERS, topics.claimAnswers(), CLAIM_PROCESSOR);
        addSink(topology, Sink.CLAIM_DEAD_LETTERS, topics.deadLetters(), CLAIM_PROCESSOR);
    }

    private static void addSource(Topology topology, String name, TopicDefinition topic) {
        topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.name());
    }

    private static void addSink(Topology topology, Sink sink, TopicDefinition topic, String processor) {
        topology.addSink(
                sink.nodeName(), topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), processor);
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> commandProcessors() {
        CommandExecution execution = new CommandExecution(policy, encoder);
        CascadeExecution cascades = new CascadeExecution(policy, encoder);
        return () -> new CommandProcessor(
                new CommandIntake(
                        topics.commands().name(),
                        topics.partitions(),
                        schemas,
                        new AvroDeserializer<>(registry, CustomerCommand.class, false)),
                execution,
                cascades,
                encoder,
                topics,
                clock,
                policy.idempotencyRetention(),
                waiting,
                agendas,
                metrics);
    }
}
