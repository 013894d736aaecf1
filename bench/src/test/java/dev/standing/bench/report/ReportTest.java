package dev.standing.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    private static final Report REPORT = new Report(
            "storm",
            Map.of("changes", "20"),
            Map.of("cores", "2"),
            List.of(
                    Figure.of("p99", 12.345, "ms").atMost(10),
                    Figure.count("rebalances", 0).atMost(0),
                    Figure.count("commands", 1_234)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0         | 0 ms
            0.01234   | 0.012 ms
            1.234     | 1.23 ms
            12.345    | 12.3 ms
            1234.5678 | 1,235 ms
            1234567   | 1,234,567 ms
            """)
    void aNumberHasAsManyDigitsAsTellSomething(double value, String text) {
        assertThat(Figure.of("any", value, "ms").text()).isEqualTo(text);
    }

    @Test
    void aTargetIsMetUpToItsBound() {
        assertThat(Figure.of("any", 10, "ms").atMost(10).target()).isEqualTo("<= 10 ms, met");
        assertThat(Figure.of("any", 10.01, "ms").atMost(10).target()).isEqualTo("<= 10 ms, NOT MET");
    }

    @Test
    void whatIsNoNumberMeetsNoTarget() {
        assertThat(Figure.of("any", Double.NaN, "").atMost(3).isMet()).isFalse();
    }

    @Test
    void theMarkdownIsATableWithWhatItWasMeasuredOnBelow() {
        assertThat(ReportText.markdown(REPORT)).isEqualTo("""
                        | measured | value | target |
                        |---|---:|---|
                        | p99 | 12.3 ms | <= 10 ms, NOT MET |
                        | rebalances | 0 | <= 0, met |
                        | commands | 1,234 |  |

                        Settings: changes 20.
                        On: cores 2.
                        """);
    }

    @Test
    void theTextHasOneLineForEachFigure() {
        assertThat(ReportText.plain(REPORT))
                .containsPattern("p99 +12.3 ms  <= 10 ms, NOT MET\n")
                .containsPattern("commands +1,234\n");
    }

    @Test
    void theJsonHasNumbersAsTheyAre(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("report.json");

        ReportJson.write(REPORT, file);

        JsonNode first = new ObjectMapper().readTree(file.toFile()).at("/figures/0");
        assertThat(first.get("value").asDouble()).isEqualTo(12.345);
        assertThat(first.get("met").asBoolean()).isFalse();
    }
}
