package dev.standing.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @CsvSource({
        "{}x, The body is not JSON: Unrecognized token",
        "{} {}, The body is not JSON: something follows the document",
        "{, The body is not JSON: it ends too early",
        "{]}, The body is not JSON: Unexpected close marker ']': expected '}'",
        "/**/ 1, The body is not JSON: Unexpected character ('/' (code 47))",
        "NaN, The body is not JSON: Non-standard token 'NaN'"
    })
    void whatIsWrongIsSaid(String text, String message) {
        assertThat(refusal(text)).startsWith(message);
    }

    /** Attackers learn nothing of the parser, and clients are not advised to configure it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} {}",
                "{",
                "[1",
                "{]",
                "/**/1",
                "#",
                "NaN",
                "-Infinity",
                "+1",
                "01",
                ".5",
                "1.",
                "1e",
                "-",
                "0x1",
                "nul",
                "'a'",
                "{a:1}",
                "[1,]",
                "{\"a\":1,\"a\":1}",
                "\"\\x\"",
                "\"\\u12g\"",
                "\"\n\"",
                "\"a",
                "1e99999999999999999999"
            })
    void noComplaintTellsWhatReadsTheDocument(String text) {
        assertTellsNothing(refusal(text));
    }

    @Test
    void whatIsBeyondTheLimitsIsRefusedWithoutNamingTheParser() {
        assertTellsNothing(refusal("[".repeat(100_000)));
        assertTellsNothing(refusal("1".repeat(100_000)));
        assertTellsNothing(refusal("1e" + "1".repeat(100_000)));
        assertTellsNothing(refusal("{\"" + "x".repeat(60_000) + "\":1}"));
    }

    /** Names that were chosen for their hash are in nobody's way: not in that of who sends them, nor of others. */
    @Test
    void namesOfOneHashAreNamesLikeOthers() throws Exception {
        String members = IntStream.range(0, 1 << 12)
                .mapToObj(number -> IntStream.range(0, 12)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "ab" : "bA")
                        .collect(Collectors.joining("", "\"", "\":0")))
                .collect(Collectors.joining(","));

        assertThat(parse("{" + members + "}").size()).isEqualTo(1 << 12);
    }

    private static void assertTellsNothing(String message) {
        assertThat(message)
                .startsWith("The body is not JSON: ")
                .doesNotContain("Feature", "fasterxml", "java.", "Exception", "Constraints", "`", "Source", "enable");
    }

    private static String refusal(String text) {
        return catchThrowableOfType(MalformedJsonException.class, () -> parse(text))
                .getMessage();
    }

    private static JsonNode parse(String text) throws MalformedJsonException {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
