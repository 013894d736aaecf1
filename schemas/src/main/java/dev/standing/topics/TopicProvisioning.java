package dev.standing.topics;

import dev.standing.topics.ProvisioningStep.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of a catalogue, and checks them. Blocks on the brokers; throws {@link KafkaException} if they do not answer or refuse, and
 * {@link InterruptException} (with the interrupt flag set) if the thread is interrupted.
 */
public final class TopicProvisioning implements AutoCloseable {

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final int ANSWER_WITHIN_MS = 15_000;

    private final Admin admin;
    private final String bootstrapServers;
    private final TopicCatalogue catalogue;
    private final TopicDifferences differences;

    private TopicProvisioning(Admin admin, String bootstrapServers, TopicCatalogue catalogue) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.catalogue = catalogue;
        this.differences = new TopicDifferences(catalogue);
    }

    /**
     * Makes one for a cluster. It waits 15 s for an answer, unless the settings say otherwise.
     *
     * @param kafka settings of the Kafka client
     * @param catalogue the topics
     */
    public static TopicProvisioning connect(Map<String, ?> kafka, TopicCatalogue catalogue) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        String bootstrapServers = String.valueOf(settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        return new TopicProvisioning(Admin.create(settings), bootstrapServers, catalogue);
    }

    @Override
    public void close() {
        admin.close();
    }

    /**
     * Creates what is missing, and checks everything. Changes no topic that exists. May be called again, and by several at once.
     *
     * @return what was done, a step for each topic
     * @throws TopicMismatchException if a topic that exists is not as the catalogue says; then nothing is created either
     */
    public List<ProvisioningStep> provision() {
        Map<String, TopicDifferences.Actual> before = describe();
        requireNone(differences.ofExisting(before));
        List<NewTopic> missing = catalogue.all().stream()
                .filter(topic -> !before.containsKey(topic.name()))
                .map(this::newTopic)
                .toList();
        Set<String> created = create(missing);
        if (!missing.isEmpty()) {
            // Also if another created them all: what another created may differ, and may not be visible yet.
            requireNone(differences.ofAll(awaitVisible()));
            awaitLeaders();
        }
        return catalogue.all().stream()
                .map(topic -> new ProvisioningStep(
                        created.contains(topic.name()) ? Outcome.CREATED : Outcome.UNCHANGED,
                        "topic " + topic.name(),
                        catalogue.partitions() + " partitions, " + topic.configs()))
                .toList();
    }

    /**
     * Checks everything, and creates nothing.
     *
     * @throws TopicMismatchException if a topic is missing, or is not as the catalogue says
     */
    public void check() {
        requireNone(differences.ofAll(describe()));
    }

    private static void requireNone(List<String> found) {
        if (!found.isEmpty()) {
            throw new TopicMismatchException(found);
        }
    }

    /** The names of what was created here; what another created meanwhile is not. */
    private Set<String> create(List<NewTopic> missing) {
        Set<String> created = new HashSet<>();
        if (missing.isEmpty()) {
            return created;
        }
        CreateTopicsResult result = admin.createTopics(missing);
        result.values().forEach((name, future) -> {
            if (succeeded(future.thenApply(none -> name), TopicExistsException.class)
                    .isPresent()) {
                created.add(name);
            }
        });
        return created;
    }

    private NewTopic newTopic(TopicDefinition topic) {
        Optional<Short> replication = catalogue.replicationFactor() == TopicCatalogue.BROKER_DEFAULT_REPLICATION
                ? Optional.empty()
                : Optional.of(catalogue.replicationFactor());
        return new NewTopic(topic.name(), Optional.of(catalogue.partitions()), replication).configs(topic.configs());
    }

    /** Brokers learn of a new topic one after the other. */
    private Map<String, TopicDifferences.Actual> awaitVisible() {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (true) {
            Map<String, TopicDifferences.Actual> actual = describe();
            if (actual.size() == catalogue.all().size()) {
                return actual;
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Topics that were just created are not visible after " + VISIBLE_WITHIN
                        + "; visible are " + actual.keySet());
            }
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /**
     * Visible topics may have partitions that nobody serves yet. An idempotent producer whose first batch finds none, and whose second
     * does, sends the first in vain for ever: the broker takes the second for the beginning.
     */
    private void awaitLeaders() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        catalogue.all().forEach(topic -> {
            for (int partition = 0; partition < catalogue.partitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        });
        // It is asked again until each partition's leader has answered.
        succeeded(admin.listOffsets(ends).all(), UnknownTopicOrPartitionException.class);
    }

    /** Those of the topics that exist, by name. */
    private Map<String, TopicDifferences.Actual> describe() {
        List<String> names = catalogue.all().stream().map(TopicDefinition::name).toList();
        Map<String, TopicDescription> descriptions = new HashMap<>();
        DescribeTopicsResult topics = admin.describeTopics(names);
        topics.topicNameValues()
                .forEach((name, future) -> succeeded(future, UnknownTopicOrPartitionException.class)
                        .ifPresent(description -> descriptions.put(name, description)));

        List<ConfigResource> resources = descriptions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, TopicDifferences.Actual> actual = new HashMap<>();
        DescribeConfigsResult configs = admin.describeConfigs(resources);
        configs.values()
                .forEach((resource, future) -> succeeded(future, UnknownTopicOrPartitionException.class)
                        .ifPresent(config -> actual.put(
                                resource.name(),
                                new TopicDifferences.Actual(
                                        descriptions
                                                .get(resource.name())
                                                .partitions()
                                                .size(),
                                        config))));
        return actual;
    }

    /** Waits; empty if it failed as expected. */
    private <V> Optional<V> succeeded(KafkaFuture<V> future, Class<? extends KafkaException> expected) {
        try {
            V value = future.get();
            return Optional.of(value);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (expected.isInstance(e.getCause())) {
                return Optional.empty();
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new TimeoutException("Kafka at " + bootstrapServers + " does not answer", e.getCause());
            }
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
