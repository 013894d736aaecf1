package dev.standing.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be told of dashboards and alerts without a Grafana, a Prometheus or a service. */
class DashboardsTest {

    /** Grafana 12's. */
    private static final int SCHEMA_VERSION = 42;

    private final List<JsonNode> dashboards = Expression.dashboards();

    @Test
    void dashboardsAreOfTheSchemaAndFoundByTheirIds() {
        assertThat(dashboards)
                .hasSize(2)
                .allSatisfy(dashboard ->
                        assertThat(dashboard.get("schemaVersion").intValue()).isEqualTo(SCHEMA_VERSION));
        assertThat(dashboards)
                .extracting(dashboard -> dashboard.get("uid").textValue())
                .doesNotHaveDuplicates()
                .containsAll(dashboards.stream()
                        .map(dashboard -> dashboard.at("/links/0/url").textValue())
                        .map(url -> url.substring("/d/".length()))
                        .toList());
    }

    @Test
    void everyPanelSaysWhatIsNormalAndInWhichUnit() {
        assertThat(panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.get("description").textValue())
                    .as(panel.get("title").textValue())
                    .contains("Normal: ");
            assertThat(panel.at("/fieldConfig/defaults/unit").textValue()).isNotEmpty();
            assertThat(panel.at("/fieldConfig/defaults/thresholds/steps")).isNotEmpty();
            assertThat(panel.get("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.get("legendFormat").textValue()).isNotEmpty();
                assertThat(target.at("/datasource/uid").textValue()).isEqualTo("prometheus");
            });
        });
    }

    @Test
    void noPanelLiesOnAnother() {
        for (JsonNode dashboard : dashboards) {
            List<String> cells = new ArrayList<>();
            for (JsonNode panel : dashboard.get("panels")) {
                JsonNode place = panel.get("gridPos");
                int right = place.get("x").intValue() + place.get("w").intValue();
                assertThat(right).isLessThanOrEqualTo(24);
                for (int x = place.get("x").intValue(); x < right; x++) {
                    for (int y = 0; y < place.get("h").intValue(); y++) {
                        cells.add(x + "," + (place.get("y").intValue() + y));
                    }
                }
            }
            assertThat(cells).doesNotHaveDuplicates();
            assertThat(dashboard.get("panels").findValues("gridPos"))
                    .hasSize(dashboard.get("panels").size());
            assertThat(Stream.of(dashboard.get("panels"))
                            .flatMap(panels -> StreamSupport.stream(panels.spliterator(), false))
                            .map(panel -> panel.get("id").intValue()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theDatasourceIsTheOneThatIsProvisioned() {
        Map<?, ?> file =
                (Map<?, ?>) Expression.yaml(Path.of("grafana", "provisioning", "datasources", "prometheus.yml"));
        Map<?, ?> datasource = (Map<?, ?>) ((List<?>) file.get("datasources")).get(0);

        assertThat(datasource.get("uid")).isEqualTo("prometheus");
        assertThat(datasource.get("type")).isEqualTo("prometheus");
    }

    @Test
    void everyAlertIsExplained() throws Exception {
        List<String> sections = Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                .filter(line -> line.startsWith("### Standing"))
                .map(line -> line.substring("### ".length()))
                .toList();

        assertThat(Expression.alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.get("severity")).isIn("critical", "warning");
            assertThat(alert.get("summary")).isNotEmpty();
            assertThat(alert.get("description")).isNotEmpty();
            assertThat(alert.get("runbook"))
                    .isEqualTo("docs/operations.md#" + alert.get("alert").toLowerCase(Locale.ROOT));
        });
        assertThat(sections)
                .containsExactlyInAnyOrderElementsOf(Expression.alerts().stream()
                        .map(alert -> alert.get("alert"))
                        .toList());
    }

    @Test
    void everyAlertIsTriedBothWays() throws Exception {
        String tests = Files.readString(Path.of("prometheus", "alerts.test.yml"));

        assertThat(Expression.alerts())
                .extracting(alert -> alert.get("alert"))
                .allSatisfy(alert -> assertThat(tests)
                        .contains("- name: " + alert + " fires\n", "- name: " + alert + " is silent, "));
    }

    @Test
    void everyExpressionIsPromQl(@TempDir Path directory) throws Exception {
        assumeTrue(isThere("promtool"), "promtool is not installed");
        StringBuilder rules = new StringBuilder("groups:\n- name: all\n  rules:\n");
        List<Expression> expressions = Expression.all();
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("  - record: expression_").append(i).append('\n');
            rules.append("    expr: '")
                    .append(expressions.get(i).text().replace("'", "''"))
                    .append("'\n");
        }
        Path file = Files.writeString(directory.resolve("rules.yml"), rules);

        Process promtool = new ProcessBuilder("promtool", "check", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(output).isZero();
        assertThat(output).contains(expressions.size() + " rules found");
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode dashboard : dashboards) {
            for (JsonNode panel : dashboard.get("panels")) {
                if (!panel.get("type").textValue().equals("row")) {
                    panels.add(panel);
                }
            }
        }
        return panels;
    }
}
