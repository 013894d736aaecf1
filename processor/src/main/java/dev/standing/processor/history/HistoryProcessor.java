package dev.standing.processor.history;

import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventMapping;
import dev.standing.serde.WireFormat;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the events of one partition, and folds them into the latest customers, what these plan and their subordinates. Events that come
 * again, as at-least-once has it, change nothing in the end. One that does not follow ends the thread: a read model with a gap must not answer.
 */
final class HistoryProcessor implements Processor<byte[], byte[], Void, Void> {

    private final String topic;
    private final SchemaAwaitingReader<CustomerEvent> reader;
    private final ReadPositions positions;
    private final AgendaFloors floors;

    private ProcessorContext<Void, Void> context;
    private TopicPartition partition;
    private KeyValueStore<Bytes, RecordedEvent> history;
    private KeyValueStore<String, Customer> latest;
    private Agenda agenda;
    private ListedSubordinates subordinates;

    HistoryProcessor(
            String topic, SchemaAwaitingReader<CustomerEvent> reader, ReadPositions positions, AgendaFloors floors) {
        this.topic = topic;
        this.reader = reader;
        this.positions = positions;
        this.floors = floors;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        partition = new TopicPartition(topic, context.taskId().partition());
        history = context.getStateStore(HistoryStores.HISTORY);
        latest = context.getStateStore(HistoryStores.LATEST);
        agenda = new Agenda(context.getStateStore(HistoryStores.PLANNED), floors.open(partition.partition()));
        new AgendaCompletion(context, latest, agenda).begin();
        subordinates = new ListedSubordinates(context.getStateStore(HistoryStores.SUBORDINATES));
        positions.opened(partition);
    }

    @Override
    public void close() {
        positions.closed(partition);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElseThrow();
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalStateException(partition + ", offset " + offset + " has no value: it is no event");
        }
        CustomerEvent event = reader.read(context.taskId(), record.headers(), value);
        WireFormat.Frame frame = WireFormat.read(record.headers(), false, value);
        byte[] payload = Arrays.copyOfRange(value, frame.offset(), frame.offset() + frame.length());
        keep(event, EventChain.hash(payload));
        positions.processed(partition, offset);
    }

    private void keep(CustomerEvent event, Sha256 hash) {
        Optional<Customer> before = Optional.ofNullable(latest.get(event.getCustomerId()));
        boolean isFolded = before.filter(customer -> event.getSequence() <= customer.getSequence())
                .isPresent();
        // What does not follow is refused before anything is written.
        Customer after = isFolded ? before.get() : evolved(before, event, hash);
        history.put(EventKey.of(event.getCustomerId(), event.getSequence()), new RecordedEvent(event, hash));
        // One that is folded already is put again: the store may be ahead of its changelog.
        latest.put(after.getCustomerId(), after);
        agenda.follow(event);
        subordinates.follow(event);
    }

    private static Customer evolved(Optional<Customer> before, CustomerEvent event, Sha256 hash) {
        return CustomerMapping.toAvro(
                CustomerEvolution.evolve(before.map(CustomerMapping::toDomain), EventMapping.toDomain(event)), hash);
    }
}
