package dev.standing.embedded;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Kafka's settings for one node that is broker and controller at once, starts fast after any kind of end, and is small.
 *
 * <p>Everything that is not named here has Kafka's default, so that an application meets the broker it knows: message
 * sizes, retention, transactions, all group protocols.
 */
final class BrokerConfiguration {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String CLIENT_LISTENER = "CLIENT";

    private BrokerConfiguration() {}

    /**
     * The settings of {@code server.properties}.
     *
     * @param settings where and on which host
     * @param clientPort the port for clients, not 0
     * @param controllerPort the port on which broker and controller talk, not 0: Kafka hangs if both are 0
     */
    static Properties properties(BrokerSettings settings, int clientPort, int controllerPort) {
        Map<String, String> all = new TreeMap<>();
        all.putAll(identity(settings));
        all.putAll(listeners(settings.host(), clientPort, controllerPort));
        all.putAll(behaviour());
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    /** All settings but those that say who and where the node is. */
    static Map<String, String> behaviour() {
        Map<String, String> behaviour = new TreeMap<>();
        // A misspelt topic is an error, not a new topic with one partition.
        behaviour.put("auto.create.topics.enable", "false");
        behaviour.putAll(singleNode());
        behaviour.putAll(fastRestart());
        behaviour.putAll(groups());
        behaviour.putAll(small());
        return behaviour;
    }

    private static Map<String, String> identity(BrokerSettings settings) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "log.dirs",
                settings.dataDirectory().toString());
    }

    private static Map<String, String> listeners(String host, int clientPort, int controllerPort) {
        String client = "%s://%s:%d".formatted(CLIENT_LISTENER, host, clientPort);
        String controller = "%s://%s:%d".formatted(CONTROLLER_LISTENER, host, controllerPort);
        return Map.of(
                "listeners",
                client + "," + controller,
                "advertised.listeners",
                client,
                "inter.broker.listener.name",
                CLIENT_LISTENER,
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                // Voters of the static kind are not stored, so that the port may be another one at every start.
                "controller.quorum.voters",
                "%d@%s:%d".formatted(NODE_ID, host, controllerPort));
    }

    private static Map<String, String> singleNode() {
        return Map.of(
                "default.replication.factor", "1",
                "min.insync.replicas", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "1");
    }

    private static Map<String, String> fastRestart() {
        return Map.of(
                // After kill -9 the controller refuses the broker until the session of its predecessor is over.
                "broker.session.timeout.ms", "3000",
                "broker.heartbeat.interval.ms", "500",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500",
                // A transaction waits for the markers of the one before (KIP-890); locally they take no 20 ms.
                "add.partitions.to.txn.retry.backoff.ms", "1");
    }

    private static Map<String, String> groups() {
        Map<String, String> groups = new TreeMap<>(Map.of(
                "group.min.session.timeout.ms", "6000",
                "group.initial.rebalance.delay.ms", "0",
                "group.streams.initial.rebalance.delay.ms", "0"));
        for (String protocol : new String[] {"consumer", "streams"}) {
            String prefix = "group." + protocol + ".";
            groups.put(prefix + "session.timeout.ms", "6000");
            groups.put(prefix + "min.session.timeout.ms", "6000");
            groups.put(prefix + "heartbeat.interval.ms", "500");
            groups.put(prefix + "min.heartbeat.interval.ms", "500");
            groups.put(prefix + "assignment.interval.ms", "0");
        }
        return groups;
    }

    private static Map<String, String> small() {
        return Map.of(
                "log.cleaner.dedupe.buffer.size",
                Integer.toString(8 << 20),
                // Indexes are laid out at their full size for each partition; 1 MB is enough for such a segment.
                "log.segment.bytes",
                Integer.toString(128 << 20),
                "log.index.size.max.bytes",
                Integer.toString(1 << 20),
                "num.network.threads",
                "2",
                "num.io.threads",
                "4",
                "background.threads",
                "4");
    }
}
