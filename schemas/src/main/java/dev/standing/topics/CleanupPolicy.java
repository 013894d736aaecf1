package dev.standing.topics;

import org.apache.kafka.common.config.TopicConfig;

/** What Kafka drops from a topic. */
public enum CleanupPolicy {
    /** What is older than the retention. */
    DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
    /** What has a later record with the same key. */
    COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT);

    private final String configValue;

    CleanupPolicy(String configValue) {
        this.configValue = configValue;
    }

    /**
     * The value of Kafka's {@code cleanup.policy}.
     *
     * @return never null
     */
    public String configValue() {
        return configValue;
    }
}
