package dev.standing.processor.timing;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The clients of Kafka Streams, but for the main consumers, which do not wait past the agenda of their thread. */
public final class PunctualClients extends DefaultKafkaClientSupplier {

    private final ThreadAgendas agendas;
    private final Duration commitInterval;

    /**
     * Clients for these agendas.
     *
     * @param commitInterval after which Kafka Streams commits what was done
     */
    public PunctualClients(ThreadAgendas agendas, Duration commitInterval) {
        this.agendas = agendas;
        this.commitInterval = commitInterval;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PunctualConsumer(config, agendas, commitInterval);
    }
}
