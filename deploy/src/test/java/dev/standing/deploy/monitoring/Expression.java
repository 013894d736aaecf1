package dev.standing.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * An expression of PromQL that operators are told by.
 *
 * @param where the panel or the alert, for people
 * @param text in PromQL, without Grafana's variables
 * @param legend what each of its series is called; empty for an alert
 */
record Expression(String where, String text, String legend) {

    static final Path ALERTS = Path.of("prometheus", "alerts.yml");
    static final Path DASHBOARDS = Path.of("grafana", "dashboards");

    /** Those of all dashboards and all alerts. */
    static List<Expression> all() {
        return Stream.concat(
                        alerts().stream().map(alert -> new Expression(alert.get("alert"), alert.get("expr"), "")),
                        dashboards().stream().flatMap(dashboard -> ofPanels(dashboard).stream()))
                .toList();
    }

    /** The alerts, each with {@code alert}, {@code expr}, {@code severity} and its annotations. */
    static List<Map<String, String>> alerts() {
        Map<?, ?> file = (Map<?, ?>) yaml(ALERTS);
        List<Map<String, String>> alerts = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<String, String> alert = new HashMap<>();
                ((Map<?, ?>) rule).forEach((key, value) -> {
                    if (value instanceof Map<?, ?> map) {
                        map.forEach((inner, text) -> alert.put(inner.toString(), text.toString()));
                    } else {
                        alert.put(key.toString(), value.toString());
                    }
                });
                alerts.add(alert);
            }
        }
        return alerts;
    }

    /** What a YAML file has. */
    static Object yaml(Path file) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The dashboards. */
    static List<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            List<JsonNode> dashboards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                dashboards.add(new ObjectMapper().readTree(file.toFile()));
            }
            return dashboards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Expression> ofPanels(JsonNode dashboard) {
        List<Expression> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(new Expression(
                        dashboard.get("title").textValue() + ", "
                                + panel.get("title").textValue(),
                        target.get("expr").textValue().replace("$__rate_interval", "1m"),
                        target.get("legendFormat").textValue()));
            }
        }
        return expressions;
    }
}
