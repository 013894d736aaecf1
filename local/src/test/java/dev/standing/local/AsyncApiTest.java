package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.processor.intake.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code docs/asyncapi.yaml} says of what the processor does; the topics' module holds it to the rest. */
class AsyncApiTest {

    @Test
    void itHasEveryReasonForADeadLetter() throws IOException {
        String yaml = Files.readString(Path.of("..", "docs", "asyncapi.yaml"));
        JsonNode document =
                new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        JsonNode reason = document.at("/components/messages/deadLetter/headers/properties/standing_dlq_reason/enum");
        List<String> documented = new ObjectMapper().convertValue(reason, new TypeReference<>() {});

        assertThat(documented)
                .isEqualTo(
                        Arrays.stream(DeadLetterReason.values()).map(Enum::name).toList());
    }
}
