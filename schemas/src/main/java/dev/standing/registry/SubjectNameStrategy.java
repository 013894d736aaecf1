package dev.standing.registry;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/** How the subject of a record's schema is named: Confluent's three strategies. */
public enum SubjectNameStrategy {
    /** {@code <topic>-value} or {@code <topic>-key}: one type per topic. */
    TOPIC_NAME("TopicNameStrategy") {
        @Override
        public String subject(String topic, boolean isKey, String recordName) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    /** The record's full name, the same in every topic. */
    RECORD_NAME("RecordNameStrategy") {
        @Override
        public String subject(String topic, boolean isKey, String recordName) {
            return recordName;
        }
    },
    /** {@code <topic>-<record's full name>}. */
    TOPIC_RECORD_NAME("TopicRecordNameStrategy") {
        @Override
        public String subject(String topic, boolean isKey, String recordName) {
            return topic + "-" + recordName;
        }
    };

    private static final String CONFLUENT_PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String confluentName;

    SubjectNameStrategy(String confluentName) {
        this.confluentName = confluentName;
    }

    /**
     * Names the subject.
     *
     * @param topic the topic that the record belongs to
     * @param isKey whether the record is the key of the Kafka record, and not its value
     * @param recordName the full name of the Avro record
     * @return never null
     */
    public abstract String subject(String topic, boolean isKey, String recordName);

    /**
     * Reads a configured value: {@code TopicNameStrategy}, {@code io.confluent.kafka.serializers.subject.TopicNameStrategy}, a class of that
     * name, or {@code TOPIC_NAME}; likewise for the other two.
     *
     * @param key the configuration key, for the error message
     * @param value the configured value
     * @return never null
     * @throws ConfigException if the value names no strategy; it names the key
     */
    static SubjectNameStrategy parse(String key, Object value) {
        String given = value instanceof Class<?> type
                ? type.getName()
                : String.valueOf(value).trim();
        String name = given.startsWith(CONFLUENT_PACKAGE) ? given.substring(CONFLUENT_PACKAGE.length()) : given;
        for (SubjectNameStrategy strategy : values()) {
            if (strategy.confluentName.equals(name) || strategy.name().equals(name.toUpperCase(Locale.ROOT))) {
                return strategy;
            }
        }
        throw new ConfigException(
                key, given, "must be TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
    }
}
