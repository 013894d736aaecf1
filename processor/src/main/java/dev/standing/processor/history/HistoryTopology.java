package dev.standing.processor.history;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.store.RequestWindows;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.topics.TopicCatalogue;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology of the read model: events into the history, the latest customers, what they plan and their subordinates;
 * claims into their owners; results by their requests. The three have nothing in common, so that each has tasks of its
 * own: none waits for another's records, or is restored with another's stores.
 */
final class HistoryTopology {

    private static final String EVENTS_SOURCE = "events-source";
    private static final String EVENTS_PROCESSOR = "history-processor";
    private static final String CLAIMS_SOURCE = "external-ids-source";
    private static final String CLAIMS_PROCESSOR = "external-id-processor";
    private static final String RESULTS_SOURCE = "results-source";
    private static final String RESULTS_PROCESSOR = "result-processor";

    private final TopicCatalogue topics;
    private final SchemaRegistryClient registry;
    private final SchemaFetcher schemas;
    private final ReadPositions positions;
    private final AgendaFloors floors;
    private final WaitingTasks waiting;
    private final CountDownLatch closing;
    private final RequestWindows windows;
    private final InstantSource clock;

    HistoryTopology(
            TopicCatalogue topics,
            SchemaRegistryClient registry,
            SchemaFetcher schemas,
            ReadPositions positions,
            AgendaFloors floors,
            WaitingTasks waiting,
            CountDownLatch closing,
            RequestWindows windows,
            InstantSource clock) {
        this.topics = topics;
        this.registry = registry;
        this.schemas = schemas;
        this.positions = positions;
        this.floors = floors;
        this.waiting = waiting;
        this.closing = closing;
        this.windows = windows;
        this.clock = clock;
    }

    Topology build() {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        String events = topics.events().name();
        String claims = topics.externalIds().name();
        String results = topics.results().name();
        Topology topology = new Topology();
        topology.addSource(EVENTS_SOURCE, in, in, events);
        topology.addProcessor(
                EVENTS_PROCESSOR,
                () -> new HistoryProcessor(events, reader(CustomerEvent.class), positions, floors),
                EVENTS_SOURCE);
        topology.addStateStore(HistoryStores.history(), EVENTS_PROCESSOR);
        topology.addStateStore(HistoryStores.latest(), EVENTS_PROCESSOR);
        topology.addStateStore(HistoryStores.planned(), EVENTS_PROCESSOR);
        topology.addStateStore(HistoryStores.subordinates(), EVENTS_PROCESSOR);
        topology.addSource(CLAIMS_SOURCE, in, in, claims);
        topology.addProcessor(
                CLAIMS_PROCESSOR,
                () -> new ExternalIdProcessor(claims, reader(ExternalIdClaim.class), positions),
                CLAIMS_SOURCE);
        topology.addStateStore(HistoryStores.externalIdOwners(), CLAIMS_PROCESSOR);
        topology.addSource(RESULTS_SOURCE, in, in, results);
        topology.addProcessor(
                RESULTS_PROCESSOR,
                () -> new ResultProcessor(results, reader(CommandResult.class), positions, windows, clock),
                RESULTS_SOURCE);
        topology.addStateStore(HistoryStores.results(windows), RESULTS_PROCESSOR);
        return topology;
    }

    private <T extends SpecificRecord> SchemaAwaitingReader<T> reader(Class<T> type) {
        return new SchemaAwaitingReader<>(schemas, new AvroDeserializer<>(registry, type, false), waiting, closing);
    }
}
