package dev.standing.processor.timing;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread. Kafka Streams looks at punctuations, and whether to commit, only after each poll, for
 * which it is ready to wait {@code poll.ms}. This one comes back earlier if the thread has something to do earlier: so
 * what is due is done on time, and what was done is committed on time, without a thread that looks every few
 * milliseconds.
 */
final class PunctualConsumer extends KafkaConsumer<byte[], byte[]> {

    private final ThreadAgendas agendas;
    private final Duration commitInterval;
    private boolean uncommitted;

    PunctualConsumer(Map<String, Object> config, ThreadAgendas agendas, Duration commitInterval) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.agendas = agendas;
        this.commitInterval = commitInterval;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ThreadAgenda agenda = agendas.current();
        boolean punctuated = agenda.takeUncommitted();
        Duration wait = agenda.untilNext().map(next -> shorter(next, timeout)).orElse(timeout);
        ConsumerRecords<byte[], byte[]> records =
                super.poll(punctuated || uncommitted ? shorter(wait, commitInterval) : wait);
        uncommitted = !records.isEmpty();
        return records;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
