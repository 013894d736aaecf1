package dev.standing.service.metrics;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.Optional;

/**
 * The metrics of one running service, in a registry of its own: two services in one process have two. Memory, garbage
 * collection, threads and processor time of the process are among them. Safe for use by many threads.
 */
public final class ServiceMetrics implements AutoCloseable {

    /** Where they are asked for. */
    public static final String PATH = "/metrics";

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /**
     * Metrics of the process alone, so far.
     *
     * @param filters decide what else will be shown, and how; before anything is measured
     */
    public ServiceMetrics(MeterFilter... filters) {
        for (MeterFilter filter : filters) {
            registry.config().meterFilter(filter);
        }
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Where a service registers what it measures. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Adds {@code GET /metrics}: Prometheus' text format 0.0.4, or OpenMetrics 1.0.0 for those who accept it. Gauges are
     * asked by the thread that answers.
     */
    public void addTo(JavalinConfig config) {
        config.routes.get(PATH, this::answer);
        config.routes.head(PATH, this::answer);
    }

    private void answer(Context context) {
        String type = acceptsOpenMetrics(context) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        context.contentType(type).header("Cache-Control", "no-store").result(registry.scrape(type));
    }

    private static boolean acceptsOpenMetrics(Context context) {
        return Optional.ofNullable(context.header("Accept"))
                .filter(accepted -> accepted.toLowerCase(Locale.ROOT).contains(OPEN_METRICS))
                .isPresent();
    }

    /** Ends the measuring; what is counted from now on is lost. */
    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
