package dev.standing.processor.history;

import dev.standing.avro.ExternalIdClaim;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the decided claims of one partition: the latest of each externalId; none where that has no value. */
final class ExternalIdProcessor implements Processor<byte[], byte[], Void, Void> {

    private final String topic;
    private final SchemaAwaitingReader<ExternalIdClaim> reader;
    private final ReadPositions positions;

    private ProcessorContext<Void, Void> context;
    private TopicPartition partition;
    private KeyValueStore<String, ExternalIdClaim> owners;

    ExternalIdProcessor(String topic, SchemaAwaitingReader<ExternalIdClaim> reader, ReadPositions positions) {
        this.topic = topic;
        this.reader = reader;
        this.positions = positions;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        partition = new TopicPartition(topic, context.taskId().partition());
        owners = context.getStateStore(HistoryStores.EXTERNAL_ID_OWNERS);
        positions.opened(partition);
    }

    @Override
    public void close() {
        positions.closed(partition);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElseThrow();
        String externalId = new String(record.key(), StandardCharsets.UTF_8);
        byte[] value = record.value();
        if (value == null) {
            owners.delete(externalId);
        } else {
            owners.put(externalId, reader.read(context.taskId(), record.headers(), value));
        }
        positions.processed(partition, offset);
    }
}
