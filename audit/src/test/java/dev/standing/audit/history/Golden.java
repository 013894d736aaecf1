package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What was approved once. */
final class Golden {

    private Golden() {}

    static void assertMatches(String name, String text) {
        try (InputStream file = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
            assertThat(text).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
