package dev.standing.local.node;

import java.util.Map;

/** How Kafka Streams is set so that a restart is fast, also after {@code kill -9}. */
final class LocalStreams {

    /**
     * By the names of Standing's settings. The next run is the same static member, and takes the place of the one that
     * was killed without waiting for the end of its session.
     */
    static final Map<String, String> SETTINGS = Map.of(
            "processor.streams.consumer.session.timeout.ms", "6000",
            "processor.streams.consumer.heartbeat.interval.ms", "500",
            "processor.streams.consumer.group.instance.id", "local");

    private LocalStreams() {}
}
