package dev.standing.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.local.imports.input.SourceLine;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void whatPeopleSeeIsOneShortLineThatDoesNothingToTheirTerminal() {
        String shown = refusal("c\n\u001B[2J" + "x".repeat(10_000)).toString();
        assertThat(shown).startsWith("Line 7, c??[2Jxxx").endsWith("...: INVALID_REQUEST (customerId): too long");
        assertThat(shown).hasSizeLessThan(400);
    }

    @Test
    void whatProgramsReadIsWhole() {
        String id = "c\n" + "x".repeat(10_000);
        assertThat(refusal(id).toJson().get("customerId").textValue()).isEqualTo(id);
    }

    private static Refusal refusal(String customerId) {
        return new Refusal(
                new SourceLine(7, Optional.of("{}")),
                Optional.of(customerId),
                "INVALID_REQUEST",
                Optional.of("customerId"),
                "too long");
    }
}
