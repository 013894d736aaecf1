package dev.standing.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(standing\\.[a-z.]+)` \\|.*");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GatewayMetrics metrics = new GatewayMetrics(registry);

    @Test
    void methodsThatNobodyKnowsAreOne() {
        metrics.requestAnswered("BREW", Optional.empty(), 405, Duration.ofMillis(1));
        metrics.requestAnswered("STIR", Optional.empty(), 405, Duration.ofMillis(1));

        assertThat(registry.get("standing.http.requests")
                        .tags("method", "OTHER", "route", "none", "status", "405")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void onlyCommandsWithResultsAreMeasured() {
        GatewayMetrics.Sent answered = metrics.commandSent();
        GatewayMetrics.Sent unused = metrics.commandSent();
        answered.answered();

        assertThat(registry.get("standing.command.answer").timer().count()).isEqualTo(1);
    }

    @Test
    void everyMetricIsDocumentedAndNoOther() throws IOException {
        assertThat(documented())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(GatewayMetric.values())
                        .map(GatewayMetric::label)
                        .toList());
    }

    private static List<String> documented() throws IOException {
        String document = Files.readString(DOCUMENT);
        String section = document.substring(document.indexOf("\n## The gateway"), document.indexOf("\n## Kafka"));
        return section.lines()
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
