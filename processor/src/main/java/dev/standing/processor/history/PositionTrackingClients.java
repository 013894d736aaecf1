package dev.standing.processor.history;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The clients of Kafka Streams, but for the main consumers, which tell how far they have read. */
final class PositionTrackingClients extends DefaultKafkaClientSupplier {

    private final ReadPositions positions;

    PositionTrackingClients(ReadPositions positions) {
        this.positions = positions;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PositionTrackingConsumer(config, positions);
    }
}
