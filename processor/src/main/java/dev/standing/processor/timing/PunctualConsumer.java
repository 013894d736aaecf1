package dev.standing.processor.timing;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread. Kafka Streams looks at punctuations only after each poll, for which it is ready to
 * wait {@code poll.ms}. This one comes back earlier if the thread has something to do earlier: so what is due is done on
 * time, without a thread that looks every few milliseconds.
 */
final class PunctualConsumer extends KafkaConsumer<byte[], byte[]> {

    private final ThreadAgendas agendas;

    PunctualConsumer(Map<String, Object> config, ThreadAgendas agendas) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.agendas = agendas;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ThreadAgenda agenda = agendas.current();
        ConsumerRecords<byte[], byte[]> records = super.poll(
                agenda.untilNext().filter(next -> next.compareTo(timeout) < 0).orElse(timeout));
        agenda.polled(records.count());
        return records;
    }
}
