package dev.standing.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What the stream threads of a processor in this JVM have done since they were started, by the metrics that Kafka
 * Streams registers with JMX. Those of the read model do not count.
 *
 * @param cpu the time for which they were on a core
 * @param transactions how often they committed something
 * @param rebalances how often partitions were dealt out anew
 * @param abortNanos how long they took to abort transactions; 0: none was aborted
 */
public record ProcessorLoad(Duration cpu, long transactions, long rebalances, long abortNanos) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    /** What they have done so far. */
    public static ProcessorLoad of(String applicationId) {
        return new ProcessorLoad(
                cpuOf(applicationId),
                sum(applicationId, "kafka.streams:type=stream-thread-metrics,*", "thread-id", "commit-total"),
                sum(
                        applicationId,
                        "kafka.consumer:type=consumer-coordinator-metrics,*",
                        "client-id",
                        "rebalance-total"),
                sum(applicationId, "kafka.producer:type=producer-metrics,*", "client-id", "txn-abort-time-ns-total"));
    }

    /** What was done since an earlier look. */
    public ProcessorLoad since(ProcessorLoad earlier) {
        return new ProcessorLoad(
                cpu.minus(earlier.cpu),
                transactions - earlier.transactions,
                rebalances - earlier.rebalances,
                abortNanos - earlier.abortNanos);
    }

    private static Duration cpuOf(String applicationId) {
        long nanos = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null
                    && isOf(applicationId, thread.getThreadName())
                    && thread.getThreadName().matches(".*-StreamThread-\\d+")) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return Duration.ofNanos(nanos);
    }

    private static long sum(String applicationId, String beans, String client, String attribute) {
        try {
            double sum = 0;
            for (ObjectName bean : BEANS.queryNames(new ObjectName(beans), null)) {
                if (isOf(applicationId, bean.getKeyProperty(client)) && has(bean, attribute)) {
                    sum += ((Number) BEANS.getAttribute(bean, attribute)).doubleValue();
                }
            }
            return (long) sum;
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(beans, e);
        } catch (JMException e) {
            throw new IllegalStateException("The metric " + attribute + " cannot be read", e);
        }
    }

    /** Threads that restore stores have beans of the same type, with fewer metrics. */
    private static boolean has(ObjectName bean, String attribute) throws JMException {
        return Stream.of(BEANS.getMBeanInfo(bean).getAttributes())
                .anyMatch(info -> info.getName().equals(attribute));
    }

    /** Kafka Streams puts the application's id in front of its names; that of the read model is longer. */
    private static boolean isOf(String applicationId, @Nullable String name) {
        return name != null && name.startsWith(applicationId + "-") && !name.startsWith(applicationId + "-history-");
    }
}
