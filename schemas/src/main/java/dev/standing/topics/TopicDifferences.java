package dev.standing.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Holds topics as they are against the catalogue. Only what matters for correctness counts: how long what is not the audit log is kept is the
 * operator's to change.
 */
final class TopicDifferences {

    private static final String RUN_TOPICS = "run ./standing topics";

    private final TopicCatalogue catalogue;

    TopicDifferences(TopicCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A topic as the broker describes it. */
    record Actual(int partitions, Config config) {}

    /** Every difference, in words; empty if there is none. A topic that is missing is one. */
    List<String> ofAll(Map<String, Actual> actual) {
        List<String> differences = new ArrayList<>();
        for (TopicDefinition topic : catalogue.all()) {
            if (!actual.containsKey(topic.name())) {
                differences.add("The topic " + topic.name() + " does not exist: " + RUN_TOPICS + ".");
            }
        }
        differences.addAll(ofExisting(actual));
        return differences;
    }

    /** Every difference of the topics that exist, in words; empty if there is none. */
    List<String> ofExisting(Map<String, Actual> actual) {
        List<String> differences = new ArrayList<>();
        for (TopicDefinition topic : catalogue.all()) {
            Actual found = actual.get(topic.name());
            if (found != null) {
                partitions(topic, found, differences);
                configs(topic, found.config(), differences);
            }
        }
        return differences;
    }

    private void partitions(TopicDefinition topic, Actual found, List<String> differences) {
        if (found.partitions() != catalogue.partitions()) {
            differences.add("The topic " + topic.name() + " has " + found.partitions() + " partitions, not "
                    + catalogue.partitions()
                    + ". The number is the same for all topics and fixed for life (another would"
                    + " send customers to other partitions than their history): configure the number that all topics have,"
                    + " or delete this one if it was made by mistake and holds nothing, and " + RUN_TOPICS + ".");
        }
    }

    private static void configs(TopicDefinition topic, Config config, List<String> differences) {
        same(topic, config, TopicConfig.CLEANUP_POLICY_CONFIG, differences);
        if (topic.otherConfigs().containsKey(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)) {
            same(topic, config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, differences);
        }
        if (topic.keptForEver()) {
            same(topic, config, TopicConfig.RETENTION_MS_CONFIG, differences);
            same(topic, config, TopicConfig.RETENTION_BYTES_CONFIG, differences);
        }
        if (topic.otherConfigs().containsKey(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)) {
            differs(topic, config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, differences, TopicDifferences::atLeast);
        }
    }

    private static void same(TopicDefinition topic, Config config, String key, List<String> differences) {
        differs(topic, config, key, differences, expected -> expected::equals);
    }

    private static Predicate<String> atLeast(String expected) {
        return found -> !found.isEmpty() && Long.parseLong(found) >= Long.parseLong(expected);
    }

    private static void differs(
            TopicDefinition topic,
            Config config,
            String key,
            List<String> differences,
            Function<String, Predicate<String>> accepts) {
        String expected = topic.configs().get(key);
        ConfigEntry entry = config.get(key);
        String found = entry == null || entry.value() == null ? "" : entry.value();
        if (!accepts.apply(expected).test(found)) {
            differences.add("The topic " + topic.name() + " has " + key + "=" + found + ", not " + expected
                    + ": kafka-configs.sh --alter --entity-type topics --entity-name " + topic.name()
                    + " --add-config " + key + "=" + expected + " puts it right.");
        }
    }
}
