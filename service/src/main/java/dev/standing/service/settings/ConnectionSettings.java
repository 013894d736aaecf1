package dev.standing.service.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How every service reaches Kafka and the registry, and what the topics are called.
 *
 * @param kafka settings of all Kafka clients, by Kafka's own names; immutable
 * @param registry settings of the registry client, by Confluent's own names; immutable
 * @param topicPrefix what the names of all topics begin with
 * @param partitions the number of partitions of every topic
 * @param replicationFactor of topics that are created; -1: the broker's default
 */
public record ConnectionSettings(
        Map<String, String> kafka,
        Map<String, String> registry,
        String topicPrefix,
        int partitions,
        short replicationFactor) {

    /** The brokers. */
    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "kafka.bootstrap.servers",
            "localhost:9092",
            "Brokers to begin with; any other kafka.* goes to all clients");

    /** The registry. */
    public static final Setting<String> REGISTRY_URL = Setting.text(
            "schema.registry.url",
            "http://localhost:8081",
            "URLs of the schema registry; its clients' other settings have Confluent's names");

    /** The prefix of topics. */
    public static final Setting<String> TOPIC_PREFIX =
            Setting.text("topics.prefix", "standing.", "What the names of all topics begin with");

    /** The partitions of topics. */
    public static final Setting<Integer> PARTITIONS =
            Setting.integer("topics.partitions", 12, 1, 10_000, "Partitions of every topic, fixed for life");

    /** The replication factor of topics. */
    public static final Setting<Integer> REPLICATION_FACTOR = Setting.integer(
            "topics.replication.factor", -1, -1, 100, "Replicas of topics that are created; -1: the broker's default");

    /** All of them, for help texts. */
    public static final List<Setting<?>> ALL =
            List.of(BOOTSTRAP_SERVERS, REGISTRY_URL, TOPIC_PREFIX, PARTITIONS, REPLICATION_FACTOR);

    private static final String KAFKA = "kafka.";
    private static final String TOPICS = "topics.";

    /** Confluent's names of registry settings, which are not under one prefix. */
    private static final List<String> REGISTRY = List.of(
            "schema.registry.",
            "basic.auth.",
            "bearer.auth.",
            "auto.register.schemas",
            "use.latest.version",
            "normalize.schemas",
            "key.subject.name.strategy",
            "value.subject.name.strategy");

    /** Keeps copies. */
    public ConnectionSettings {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    /**
     * The connections of a service.
     *
     * @param servicePrefixes the prefixes of all services' settings: one file may serve them all
     * @throws InvalidSettingsException if one of them is unknown, malformed or out of range
     */
    public static ConnectionSettings from(Settings settings, List<String> servicePrefixes) {
        List<String> prefixes = new ArrayList<>(servicePrefixes);
        prefixes.add(KAFKA);
        prefixes.add(TOPICS);
        prefixes.addAll(REGISTRY);
        settings.requirePrefixes(prefixes);
        settings.requireKnown(TOPICS, List.of(TOPIC_PREFIX, PARTITIONS, REPLICATION_FACTOR), List.of());

        Map<String, String> kafka = settings.withPrefix(KAFKA);
        kafka.put("bootstrap.servers", settings.get(BOOTSTRAP_SERVERS));
        Map<String, String> registry = new LinkedHashMap<>();
        for (String prefix : REGISTRY) {
            settings.withPrefix(prefix).forEach((rest, value) -> registry.put(prefix + rest, value));
        }
        registry.put(REGISTRY_URL.name(), settings.get(REGISTRY_URL));
        return new ConnectionSettings(
                kafka,
                registry,
                settings.get(TOPIC_PREFIX),
                settings.get(PARTITIONS),
                settings.get(REPLICATION_FACTOR).shortValue());
    }
}
