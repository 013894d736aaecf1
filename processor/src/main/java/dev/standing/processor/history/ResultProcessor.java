package dev.standing.processor.history;

import dev.standing.avro.CommandResult;
import dev.standing.avro.RejectionCode;
import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.processor.store.RequestWindows;
import dev.standing.serde.UndecodableRecordException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.WindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the results of one partition by their requests, as they were decided: neither the answers that were given again,
 * nor REQUEST_ID_REUSED, which is not remembered ({@code semantics.md} section 4, step 1).
 *
 * <p>A request that is remembered is not decided again. So whatever else was decided under the same key came of a request
 * that was not remembered, or not any more, and the later one takes its place. Results that come again, as at-least-once
 * has it, do so in their order, and change nothing in the end.
 *
 * <p>What can never be decoded is passed over: it is the result of no request that anybody could be told of, and
 * customers are not to go unanswered for it.
 */
final class ResultProcessor implements Processor<byte[], byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(ResultProcessor.class);

    private final String topic;
    private final SchemaAwaitingReader<CommandResult> reader;
    private final ReadPositions positions;
    private final RequestWindows windows;
    private final InstantSource clock;

    private ProcessorContext<Void, Void> context;
    private TopicPartition partition;
    private WindowStore<Bytes, CommandResult> results;

    /**
     * A processor.
     *
     * @param windows those of the store
     * @param clock tells which times lie in the future
     */
    ResultProcessor(
            String topic,
            SchemaAwaitingReader<CommandResult> reader,
            ReadPositions positions,
            RequestWindows windows,
            InstantSource clock) {
        this.topic = topic;
        this.reader = reader;
        this.positions = positions;
        this.windows = windows;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        partition = new TopicPartition(topic, context.taskId().partition());
        results = context.getStateStore(HistoryStores.RESULTS);
        positions.opened(partition);
    }

    @Override
    public void close() {
        positions.closed(partition);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElseThrow();
        read(record, offset)
                .filter(ResultProcessor::isDecision)
                .ifPresent(result -> result.getRequestId().ifPresent(requestId -> keep(result, requestId)));
        positions.processed(partition, offset);
    }

    private Optional<CommandResult> read(Record<byte[], byte[]> record, long offset) {
        if (record.value() == null) {
            LOG.warn("{}, offset {} has no value: it is no result", partition, offset);
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(context.taskId(), record.headers(), record.value()));
        } catch (UndecodableRecordException e) {
            LOG.warn("{}, offset {} is no result", partition, offset, e);
            return Optional.empty();
        }
    }

    private static boolean isDecision(CommandResult result) {
        boolean isReused = result.getCode().equals(Optional.of(RejectionCode.REQUEST_ID_REUSED));
        return !result.getReplayed() && !isReused;
    }

    /** Nothing is put into a window of the future: whoever decided had a clock that was wrong. */
    private void keep(CommandResult result, String requestId) {
        Instant now = clock.instant();
        Instant decidedAt = result.getDecidedAt();
        windows.put(
                results,
                new ByRequestId(result.getCustomerId(), result.getSource(), requestId),
                result,
                decidedAt.isAfter(now) ? now : decidedAt);
    }
}
