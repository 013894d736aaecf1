package dev.standing.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns Kafka's wish to end the JVM into a {@link BrokerFailedException}, told to the broker that failed.
 *
 * <p>Kafka has one pair of exit procedures for the whole JVM and passes neither the broker nor the cause to them. Every
 * broker here runs in a {@link ThreadGroup} of its own, which its threads inherit: that tells whose failure it is.
 */
final class KafkaExits {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaExits.class);
    private static final Map<ThreadGroup, Consumer<BrokerFailedException>> BROKERS = new ConcurrentHashMap<>();

    private KafkaExits() {}

    /**
     * Sends failures in threads of the group, and of groups inside it, to the listener until {@link #forget}.
     *
     * @param group where all threads of one broker run
     * @param listener told on the thread that failed; must neither block nor throw
     */
    static void tell(ThreadGroup group, Consumer<BrokerFailedException> listener) {
        BROKERS.put(group, listener);
        // Installed anew for each broker: the procedures are public and static, so others may have replaced them.
        Exit.setHaltProcedure((status, message) -> fail("halt", status, message));
        Exit.setExitProcedure((status, message) -> fail("exit", status, message));
    }

    static void forget(ThreadGroup group) {
        BROKERS.remove(group);
    }

    private static void fail(String verb, int status, String message) {
        String reason = message == null ? "its reason is in the log above" : message;
        BrokerFailedException failure = new BrokerFailedException(
                "The embedded Kafka broker asked to %s the JVM with status %d: %s".formatted(verb, status, reason));
        LOG.error("{} (thread {})", failure.getMessage(), Thread.currentThread().getName(), failure);
        listeners().forEach(listener -> listener.accept(failure));
        // Kafka takes it for granted that nothing after the call runs.
        throw failure;
    }

    /** The broker whose thread this is, or all of them if it is nobody's: better one too many than none. */
    private static List<Consumer<BrokerFailedException>> listeners() {
        for (ThreadGroup group = Thread.currentThread().getThreadGroup(); group != null; group = group.getParent()) {
            Consumer<BrokerFailedException> listener = BROKERS.get(group);
            if (listener != null) {
                return List.of(listener);
            }
        }
        return List.copyOf(BROKERS.values());
    }
}
