package dev.standing.audit.testing;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Place;
import dev.standing.avro.Customer;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.topics.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * All that a deployment would write while it decides a random sequence of commands, made with {@code domain} and {@code
 * mapping} alone: no processor takes part. The same plan gives the same log, to the byte.
 *
 * <p>Commands are those of {@link CommandSequences}, with externalIds among them. Time settles customers at random
 * moments, often long after something was due; cascades run bit by bit with commands in between; requests come again, and
 * their ids for other requests; registrations wait for their externalIds while others are decided, so results are not in
 * the order of the commands; some commands end as dead letters and have no result; the clock sometimes runs backwards.
 *
 * <p>Offsets are those that {@link #writeTo} arrives at, if nothing is altered and the topics were empty: there are gaps
 * where transactions were committed.
 */
public final class PaperLog {

    /** What the clocks say in the beginning. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Plan plan;
    private final List<Partition> partitions;
    private final List<PaperRecord> records;

    PaperLog(Plan plan, List<Partition> partitions, List<PaperRecord> records) {
        this.plan = plan;
        this.partitions = List.copyOf(partitions);
        this.records = List.copyOf(records);
    }

    /**
     * What a log is made from.
     *
     * @param seed the same for the same log
     * @param customers how many customers there are; at least one
     * @param commands how many commands there are; zero or more
     * @param partitions how many partitions each topic has; at least one
     * @param policy under which all is decided
     * @param finished whether cascades and registrations that are under way at the end are taken to theirs
     */
    public record Plan(long seed, int customers, int commands, int partitions, Policy policy, boolean finished) {

        /** Small, and under {@link #policy()}; every second seed is finished. */
        public static Plan of(long seed) {
            return new Plan(seed, 7, 200, 3, PaperLog.policy(), seed % 2 == 0);
        }

        /** The same under another policy. */
        public Plan under(Policy other) {
            return new Plan(seed, customers, commands, partitions, other, finished);
        }

        /** The same with so many customers and commands. */
        public Plan sized(int manyCustomers, int manyCommands) {
            return new Plan(seed, manyCustomers, manyCommands, partitions, policy, finished);
        }

        List<CommandSequences.Step> steps() {
            List<String> ids =
                    IntStream.range(0, customers).mapToObj(i -> "c-" + i).toList();
            return new CommandSequences(ids, START, true)
                    .withSubordinates()
                    .steps(new Random(seed).nextLong(), commands);
        }
    }

    /** The packaged default, but that requests are remembered for half a day only, so that some are forgotten. */
    public static Policy policy() {
        Policy policy = PolicyFile.packagedDefault();
        return new Policy(
                policy.version(), policy.states(), policy.unknownCustomer(), policy.planning(), Duration.ofHours(12));
    }

    /** The log of {@link Plan#of}. */
    public static PaperLog of(long seed) {
        return of(Plan.of(seed));
    }

    /** The log of a plan. */
    public static PaperLog of(Plan plan) {
        return new PaperDeployment(plan).run();
    }

    /** The partition in which all of a customer lies. */
    public static int partitionOf(String customerId, int partitions) {
        return Utils.toPositive(Utils.murmur2(Utils.utf8(customerId))) % partitions;
    }

    /** Something and where it lies. */
    public record Placed<T>(Place place, T value) {}

    /**
     * One partition of each topic, in the order of the log.
     *
     * @param commands those that can be read; among them are some that belong elsewhere, and are not answered here
     * @param results with the commandIds that they answer
     * @param events with their hashes
     * @param customers every version of every customer: a log before it is compacted
     * @param updates of subordinates
     */
    public record Partition(
            List<LoggedCommand> commands,
            List<LoggedResult> results,
            List<LoggedEvent> events,
            List<Placed<Customer>> customers,
            List<Placed<SubordinateUpdate>> updates) {}

    /** What it was made from. */
    public Plan plan() {
        return plan;
    }

    /** The partitions, by number. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** All of it, as {@link #writeTo} writes it. */
    public List<PaperRecord> records() {
        return records;
    }

    /** How a client reaches a log that was written there. */
    public ConnectionSettings connection(String bootstrapServers, String registryUrl, String prefix) {
        return new ConnectionSettings(
                Map.of("bootstrap.servers", bootstrapServers),
                Map.of("schema.registry.url", registryUrl),
                prefix,
                plan.partitions(),
                TopicCatalogue.BROKER_DEFAULT_REPLICATION);
    }

    /** Creates topics and schemas, and writes all of it. */
    public void writeTo(ConnectionSettings connection) {
        writeTo(connection, UnaryOperator.identity());
    }

    /**
     * Creates topics and schemas, and writes what becomes of the records.
     *
     * @param alteration given all records, in the order in which they are written
     */
    public void writeTo(ConnectionSettings connection, UnaryOperator<List<PaperRecord>> alteration) {
        try (PaperWriter writer = new PaperWriter(connection)) {
            writer.provision();
            writer.write(alteration.apply(records));
        }
    }

    /** Writes some of the records to where others were written before. */
    public static void append(ConnectionSettings connection, List<PaperRecord> records) {
        try (PaperWriter writer = new PaperWriter(connection)) {
            writer.write(records);
        }
    }
}
