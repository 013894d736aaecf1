package dev.standing.bench.report;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a benchmark runs on. */
public final class Environment {

    private Environment() {}

    /** The machine and the versions, as they are now. */
    public static Map<String, String> current() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("standing", version());
        environment.put("kafka", AppInfoParser.getVersion());
        environment.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        environment.put(
                "gc",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")));
        environment.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MB");
        environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put(
                "load average before",
                String.format(
                        Locale.ROOT,
                        "%.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return environment;
    }

    private static String version() {
        return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
