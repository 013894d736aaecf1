package dev.standing.topics;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic.
 *
 * @param name with its prefix
 * @param valueType the class of its values; empty: bytes as they came
 * @param cleanup what is dropped
 * @param retention how long records are kept at least; empty: for ever, or for a compacted topic, until there is a later one
 * @param otherConfigs what else is set when it is created, as Kafka names it
 * @param description what it is for, in a sentence
 */
public record TopicDefinition(
        String name,
        Optional<Class<? extends SpecificRecord>> valueType,
        CleanupPolicy cleanup,
        Optional<Duration> retention,
        Map<String, String> otherConfigs,
        String description) {

    /** Copies the configurations, and refuses null. */
    public TopicDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(valueType, "valueType");
        Objects.requireNonNull(cleanup, "cleanup");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(description, "description");
        otherConfigs = Map.copyOf(otherConfigs);
    }

    /**
     * The subject of the values' schema, by TopicNameStrategy.
     *
     * @return never null, even where the values have no schema
     */
    public String valueSubject() {
        return name + "-value";
    }

    /**
     * Everything that is set when the topic is created, as Kafka names it, in order of name.
     *
     * @return unmodifiable
     */
    public Map<String, String> configs() {
        Map<String, String> configs = new TreeMap<>(otherConfigs);
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.configValue());
        if (cleanup == CleanupPolicy.DELETE) {
            String millis =
                    retention.map(time -> Long.toString(time.toMillis())).orElse("-1");
            configs.put(TopicConfig.RETENTION_MS_CONFIG, millis);
        }
        return Collections.unmodifiableMap(configs);
    }

    /** Whether records may never be dropped. */
    boolean keptForEver() {
        return cleanup == CleanupPolicy.DELETE && retention.isEmpty();
    }
}
