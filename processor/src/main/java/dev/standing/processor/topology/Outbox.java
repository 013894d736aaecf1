package dev.standing.processor.topology;

import dev.standing.processor.execution.Effects;
import dev.standing.processor.intake.DeadLetterReason;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.output.DeadLetters;
import dev.standing.processor.output.OutgoingRecord;
import dev.standing.processor.output.Sink;
import dev.standing.topics.TopicDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the records of one task to their topics, within the task's transaction. */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final ProcessorContext<byte[], byte[]> context;
    private final DeadLetters deadLetters;
    private final Sink deadLetterSink;
    private final InstantSource clock;
    private final ProcessorMetrics metrics;

    /** Dead letters come from the topic, and go to the sink. */
    Outbox(
            ProcessorContext<byte[], byte[]> context,
            TopicDefinition topic,
            Sink deadLetterSink,
            InstantSource clock,
            ProcessorMetrics metrics) {
        this.context = context;
        this.deadLetters = new DeadLetters(topic.name());
        this.deadLetterSink = deadLetterSink;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Sends all records of a decision. */
    void send(Effects effects, AnswerHeaders headers) {
        effects.records().forEach(record -> send(record, headers, effects.decidedAt()));
    }

    /**
     * Sends one record. Its own time is that of the clock: brokers refuse records from the future, and what was decided
     * for a customer may be there, if a clock was ahead when its last event was recorded.
     *
     * @param time when it was decided
     */
    void send(OutgoingRecord record, AnswerHeaders headers, Instant time) {
        context.forward(
                new Record<>(
                        record.key().getBytes(StandardCharsets.UTF_8),
                        record.value(),
                        clock.instant().toEpochMilli(),
                        headers.of(record, time)),
                record.sink().nodeName());
    }

    /** Sends what cannot be answered to where people look for it. */
    void deadLetter(ReceivedCommand received, DeadLetterReason reason, String message) {
        int partition = context.taskId().partition();
        LOG.warn(
                "Partition {}, offset {} goes to the dead letters: {}: {}",
                partition,
                received.offset(),
                reason,
                message);
        context.forward(deadLetters.of(received, partition, reason, message), deadLetterSink.nodeName());
        metrics.deadLettered(reason);
    }
}
