package dev.standing.topics;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.SubordinateUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of one deployment: the one place for their names. All have the same number of partitions, fixed for life, so that what concerns one
 * customer lies in the partition of the same number everywhere.
 */
public final class TopicCatalogue {

    /** The prefix of all names, where none is configured. */
    public static final String DEFAULT_PREFIX = "standing.";
    /** The number of partitions, where none is configured. */
    public static final int DEFAULT_PARTITIONS = 12;
    /** Leaves the replication factor to the broker. */
    public static final short BROKER_DEFAULT_REPLICATION = -1;

    /**
     * The largest batch of dead letters: twice a broker's default for the commands, and room for the headers that say why. A command of any size
     * up to 2 MiB fits as it came.
     */
    public static final int DEAD_LETTER_MAX_BYTES = 2 * 1024 * 1024 + 64 * 1024;

    private final int partitions;
    private final short replicationFactor;
    private final TopicDefinition commands;
    private final TopicDefinition events;
    private final TopicDefinition results;
    private final TopicDefinition customers;
    private final TopicDefinition subordinateUpdates;
    private final TopicDefinition externalIds;
    private final TopicDefinition deadLetters;
    private final TopicDefinition claimRequests;
    private final TopicDefinition claimAnswers;

    /**
     * Makes the catalogue of a deployment.
     *
     * @param prefix what every name begins with; may be empty
     * @param partitions how many every topic has; at least 1
     * @param replicationFactor at least 1, or -1: the broker's default
     * @throws IllegalArgumentException if a number is out of range
     */
    public TopicCatalogue(String prefix, int partitions, int replicationFactor) {
        if (partitions < 1) {
            throw new IllegalArgumentException("A topic must have at least one partition, not " + partitions);
        }
        if (replicationFactor != BROKER_DEFAULT_REPLICATION
                && (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "The replication factor must be at least 1, or -1 for the broker's default, not "
                            + replicationFactor);
        }
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
        this.commands = deleted(
                prefix + "commands",
                CustomerCommand.class,
                365,
                Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"),
                "What is asked for, in the order in which it is decided. Written by no transaction.");
        this.events = new TopicDefinition(
                prefix + "events",
                Optional.of(CustomerEvent.class),
                CleanupPolicy.DELETE,
                Optional.empty(),
                Map.of(TopicConfig.RETENTION_BYTES_CONFIG, "-1"),
                "What happened: the audit log, kept for ever.");
        this.results = deleted(
                prefix + "results",
                CommandResult.class,
                365,
                Map.of(),
                "The answer to every command, with the time at which it was decided.");
        this.customers = compacted(
                prefix + "customers",
                Customer.class,
                "The latest state of every customer, for consumers that want a table.");
        this.subordinateUpdates = deleted(
                prefix + "subordinate-updates",
                SubordinateUpdate.class,
                30,
                Map.of(),
                "The new states of subordinates that follow their customer.");
        this.externalIds = compacted(
                prefix + "external-ids",
                ExternalIdClaim.class,
                "Which customer an externalId was decided to belong to.");
        this.deadLetters = new TopicDefinition(
                prefix + "commands.dlq",
                Optional.empty(),
                CleanupPolicy.DELETE,
                Optional.of(Duration.ofDays(90)),
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEAD_LETTER_MAX_BYTES)),
                "Commands that cannot be decoded, as they came, with the failure in headers.");
        this.claimRequests = internal(
                prefix + "internal.claim-requests",
                "Registrations ask for their externalIds. Written and read by processors alone.");
        this.claimAnswers = internal(
                prefix + "internal.claim-answers",
                "Whether a registration has its externalId. Written and read by processors alone.");
    }

    /** Kept for as long as the commands, so that a registration never waits for an answer that is gone. */
    private static TopicDefinition internal(String name, String description) {
        return new TopicDefinition(
                name, Optional.empty(), CleanupPolicy.DELETE, Optional.of(Duration.ofDays(365)), Map.of(), description);
    }

    private static TopicDefinition deleted(
            String name,
            Class<? extends SpecificRecord> type,
            int days,
            Map<String, String> configs,
            String description) {
        Optional<Duration> retention = Optional.of(Duration.ofDays(days));
        return new TopicDefinition(name, Optional.of(type), CleanupPolicy.DELETE, retention, configs, description);
    }

    private static TopicDefinition compacted(String name, Class<? extends SpecificRecord> type, String description) {
        return new TopicDefinition(
                name, Optional.of(type), CleanupPolicy.COMPACT, Optional.empty(), Map.of(), description);
    }

    /**
     * All topics, the commands first, those that are internal last.
     *
     * @return unmodifiable
     */
    public List<TopicDefinition> all() {
        return List.of(
                commands,
                events,
                results,
                customers,
                subordinateUpdates,
                externalIds,
                deadLetters,
                claimRequests,
                claimAnswers);
    }

    /**
     * How many partitions every topic has.
     *
     * @return at least 1
     */
    public int partitions() {
        return partitions;
    }

    /**
     * How often every partition is kept.
     *
     * @return at least 1, or -1: the broker's default
     */
    public short replicationFactor() {
        return replicationFactor;
    }

    /**
     * What is asked for: {@link CustomerCommand} by customerId.
     *
     * @return never null
     */
    public TopicDefinition commands() {
        return commands;
    }

    /**
     * What happened: {@link CustomerEvent} by customerId.
     *
     * @return never null
     */
    public TopicDefinition events() {
        return events;
    }

    /**
     * The answers: {@link CommandResult} by customerId.
     *
     * @return never null
     */
    public TopicDefinition results() {
        return results;
    }

    /**
     * The latest states: {@link Customer} by customerId.
     *
     * @return never null
     */
    public TopicDefinition customers() {
        return customers;
    }

    /**
     * The new states of subordinates: {@link SubordinateUpdate} by the customerId of their owner.
     *
     * @return never null
     */
    public TopicDefinition subordinateUpdates() {
        return subordinateUpdates;
    }

    /**
     * Decided claims: {@link ExternalIdClaim} by externalId.
     *
     * @return never null
     */
    public TopicDefinition externalIds() {
        return externalIds;
    }

    /**
     * Commands that cannot be decoded, as they came.
     *
     * @return never null
     */
    public TopicDefinition deadLetters() {
        return deadLetters;
    }

    /**
     * What registrations ask for, by externalId. Internal to the processors; values in Avro's single-object encoding.
     *
     * @return never null
     */
    public TopicDefinition claimRequests() {
        return claimRequests;
    }

    /**
     * The answers to {@link #claimRequests}, by customerId. Internal to the processors; values in Avro's single-object
     * encoding.
     *
     * @return never null
     */
    public TopicDefinition claimAnswers() {
        return claimAnswers;
    }
}
