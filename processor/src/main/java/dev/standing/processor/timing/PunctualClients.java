package dev.standing.processor.timing;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The clients of Kafka Streams, but for the main consumers, which do not wait past the agenda of their thread. */
public final class PunctualClients extends DefaultKafkaClientSupplier {

    private final ThreadAgendas agendas;

    /** Clients for these agendas. */
    public PunctualClients(ThreadAgendas agendas) {
        this.agendas = agendas;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PunctualConsumer(config, agendas);
    }
}
