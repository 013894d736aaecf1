package dev.standing.processor.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;

/**
 * Which of the metrics of Kafka's own clients are shown. With 12 partitions, all of them would be more than 9,000 lines, most of them
 * by task, store, node or connection. What is left tells whether threads live and what they spend their time on, how
 * far they are behind in each partition, whether groups are stable, and whether transactions and requests are slow.
 */
public final class KafkaMetricsSelection implements MeterFilter {

    private static final String KAFKA = "kafka.";

    private static final List<String> SHOWN = List.of(
            "kafka.stream.alive.stream.threads",
            "kafka.stream.client.state",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.",
            "kafka.stream.task.dropped.records.total",
            "kafka.consumer.coordinator.assigned.partitions",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.consumer.coordinator.last.",
            "kafka.consumer.coordinator.rebalance.",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.record.send.total",
            "kafka.producer.request.latency.",
            "kafka.producer.txn.");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        boolean isShown = !name.startsWith(KAFKA) || SHOWN.stream().anyMatch(name::startsWith);
        return isShown ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }
}
