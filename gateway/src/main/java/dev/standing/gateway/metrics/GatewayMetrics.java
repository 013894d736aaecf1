package dev.standing.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What a gateway measures of itself. Safe for use by many threads. */
public final class GatewayMetrics {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String OTHER = "OTHER";
    private static final String NO_ROUTE = "none";

    /** What people and their programs wait for, from one millisecond to half a minute. */
    private static final Duration[] WAITS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final Timer answers;

    /** Measures into the registry. */
    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.answers = timer(GatewayMetric.COMMAND_ANSWER).register(registry);
    }

    /**
     * A request was answered.
     *
     * @param route the pattern that it was taken by, never its own path, of which there are without number; empty: none
     */
    public void requestAnswered(String method, Optional<String> route, int status, Duration took) {
        timer(GatewayMetric.HTTP_REQUESTS)
                .tag("method", METHODS.contains(method) ? method : OTHER)
                .tag("route", route.orElse(NO_ROUTE))
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /** Begins to measure how long the result of a command takes that is about to be sent. */
    public Sent commandSent() {
        Timer.Sample begun = Timer.start(registry);
        return () -> begun.stop(answers);
    }

    /** A command whose result is waited for. What is never answered is not measured. */
    public interface Sent {

        /** The result is there. */
        void answered();
    }

    /** Begins to measure how many requests wait for results. */
    public void watchWaiting(IntSupplier waiting) {
        Gauge.builder(GatewayMetric.WAITING.label(), waiting::getAsInt)
                .description(GatewayMetric.WAITING.description())
                .register(registry);
    }

    /**
     * It was decided whether a request or a call is let in.
     *
     * @param api the way that it came: {@code rest} or {@code jsonrpc}
     * @param outcome what was decided, of a small number
     */
    public void accessDecided(String api, String outcome) {
        Counter.builder(GatewayMetric.ACCESS.label())
                .description(GatewayMetric.ACCESS.description())
                .tag("api", api)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** Begins to measure how much bodies of requests hold. */
    public void watchBodyMemory(LongSupplier bytes) {
        Gauge.builder(GatewayMetric.BODY_MEMORY.label(), bytes::getAsLong)
                .description(GatewayMetric.BODY_MEMORY.description())
                .baseUnit("bytes")
                .register(registry);
    }

    /** Begins to measure how many follow the live feed. */
    public void watchFollowers(IntSupplier followers) {
        Gauge.builder(GatewayMetric.FOLLOWERS.label(), followers::getAsInt)
                .description(GatewayMetric.FOLLOWERS.description())
                .register(registry);
    }

    private static Timer.Builder timer(GatewayMetric metric) {
        return Timer.builder(metric.label()).description(metric.description()).serviceLevelObjectives(WAITS);
    }
}
