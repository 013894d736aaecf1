package dev.standing.processor;

import dev.standing.processor.memory.StoreMemory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/** The settings of Kafka Streams that follow from those of the processor. */
final class StreamsSettings {

    /** A dead letter has up to 1 MiB of the original value, with its key and its headers. */
    private static final int MAX_REQUEST_BYTES = 3 * 1024 * 1024;

    private static final int MAX_POLL_RECORDS = 250;

    /** How much is read again after a crash. */
    private static final int HISTORY_COMMIT_INTERVAL_MS = 1_000;

    private StreamsSettings() {}

    /**
     * What Kafka Streams is configured with. What the operator sets under {@code processor.streams.} wins, but for what
     * the promises hang on: the guarantee, the name of the group, and that failures are not passed over. Defaults of ours have no prefix, so that a setting
     * of the operator's wins with a prefix ({@code consumer.}) or without.
     *
     * @param memory what its stores use; the same for both
     */
    static Map<String, Object> of(ProcessorSettings settings, StoreMemory memory) {
        Map<String, Object> streams = common(settings, memory);
        if (!takesOurConsumers(streams)) {
            // Nothing is visible before its transaction commits: half of this is added to every answer on average.
            streams.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10);
            // What is due, and a commit that was not due yet after the last record, are looked at after so long a poll.
            streams.putIfAbsent(StreamsConfig.POLL_MS_CONFIG, 25);
        }
        // What is polled at once is one transaction, and the heaviest command has a thousand events.
        streams.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return streams;
    }

    /**
     * What the read model is configured with. What the operator sets goes for both, but for the commit interval: what
     * the read model has done is visible at once, and done again at no harm.
     *
     * @param memory what its stores use; the same for both
     */
    static Map<String, Object> history(ProcessorSettings settings, StoreMemory memory) {
        Map<String, Object> streams = common(settings, memory);
        streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, HISTORY_COMMIT_INTERVAL_MS);
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.historyThreads());
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId() + "-history");
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // At-least-once would read uncommitted events, too.
        streams.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        streams.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // The other protocol takes no consumers but Kafka Streams' own.
        streams.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // The records' own times play no part, so that none of them can stop a thread.
        streams.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        return streams;
    }

    /**
     * Whether the main consumers can be ours: they come back when the thread has something to do, and tell what they
     * return, so that it is committed when all of it is processed. Kafka Streams' newer group protocol takes none but its own.
     */
    static boolean takesOurConsumers(Map<String, Object> streams) {
        Object protocol = streams.getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC);
        return protocol.toString().equalsIgnoreCase(GroupProtocol.CLASSIC.name());
    }

    private static Map<String, Object> common(ProcessorSettings settings, StoreMemory memory) {
        Map<String, Object> streams = new HashMap<>(settings.connection().kafka());
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        streams.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        // Stores are written once a command: a cache in front of them would only delay their changelogs.
        streams.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        streams.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int)
                settings.connection().replicationFactor());
        streams.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        streams.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        // A dead process is found out after this; lower than the default, and no lower than brokers allow.
        streams.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        streams.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        streams.putAll(memory.streamsConfig());
        streams.putAll(settings.streams());
        // Going on after a failure would lose what was under way, or leave a gap that queries do not see.
        streams.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        return streams;
    }
}
