package dev.standing.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final String CLEAR = "\r\u001B[K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Console console = new Console(stream, stream, false, 80);

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void whatIsDrawnAlreadyIsNotDrawnAgain() {
        console.redraw("99 %");
        console.redraw("100 %");
        console.redraw("100 %");
        console.endDrawing();
        assertThat(shown()).isEqualTo(CLEAR + "99 %" + CLEAR + "100 %\n");
    }

    @Test
    void linesGoAboveWhatIsDrawn() {
        console.redraw("50 %");
        console.line("news");
        assertThat(shown()).isEqualTo(CLEAR + "50 %" + CLEAR + "news\n" + CLEAR + "50 %");
    }
}
