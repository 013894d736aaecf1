package dev.standing.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.SubordinateUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

    private static final TopicCatalogue CATALOGUE = new TopicCatalogue(TopicCatalogue.DEFAULT_PREFIX, 12, -1);

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }

    private static void holds(TopicDefinition topic, String name, Class<?> type, Map<String, String> configs) {
        assertThat(topic.name()).isEqualTo(name);
        assertThat(topic.valueType()).isEqualTo(Optional.ofNullable(type));
        assertThat(topic.configs()).isEqualTo(configs);
        assertThat(topic.valueSubject()).isEqualTo(name + "-value");
        assertThat(topic.description()).isNotBlank();
    }

    @Test
    void holdsTheTopicsOfTheContract() {
        holds(
                CATALOGUE.commands(),
                "standing.commands",
                CustomerCommand.class,
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", days(365),
                        "message.timestamp.type", "LogAppendTime"));
        holds(
                CATALOGUE.events(),
                "standing.events",
                CustomerEvent.class,
                Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));
        holds(
                CATALOGUE.results(),
                "standing.results",
                CommandResult.class,
                Map.of("cleanup.policy", "delete", "retention.ms", days(365)));
        holds(CATALOGUE.customers(), "standing.customers", Customer.class, Map.of("cleanup.policy", "compact"));
        holds(
                CATALOGUE.subordinateUpdates(),
                "standing.subordinate-updates",
                SubordinateUpdate.class,
                Map.of("cleanup.policy", "delete", "retention.ms", days(30)));
        holds(
                CATALOGUE.externalIds(),
                "standing.external-ids",
                ExternalIdClaim.class,
                Map.of("cleanup.policy", "compact"));
        holds(
                CATALOGUE.deadLetters(),
                "standing.commands.dlq",
                null,
                Map.of("cleanup.policy", "delete", "retention.ms", days(90), "max.message.bytes", "2162688"));
    }

    @Test
    void internalTopicsAreKeptAsLongAsTheCommands() {
        for (TopicDefinition topic : List.of(CATALOGUE.claimRequests(), CATALOGUE.claimAnswers())) {
            assertThat(topic.name()).startsWith("standing.internal.");
            assertThat(topic.configs()).isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", days(365)));
        }
    }

    @Test
    void listsAllNineOnce() {
        assertThat(CATALOGUE.all())
                .containsExactlyInAnyOrder(
                        CATALOGUE.commands(),
                        CATALOGUE.events(),
                        CATALOGUE.results(),
                        CATALOGUE.customers(),
                        CATALOGUE.subordinateUpdates(),
                        CATALOGUE.externalIds(),
                        CATALOGUE.deadLetters(),
                        CATALOGUE.claimRequests(),
                        CATALOGUE.claimAnswers());
    }

    @Test
    void takesAnyPrefix() {
        assertThat(new TopicCatalogue("", 1, 3).all())
                .extracting(TopicDefinition::name)
                .contains("commands");
        assertThat(new TopicCatalogue("eu.", 1, 3).all())
                .extracting(TopicDefinition::name)
                .allMatch(name -> name.startsWith("eu."));
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThatThrownBy(() -> new TopicCatalogue("", 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TopicCatalogue("", 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TopicCatalogue("", 1, -2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TopicCatalogue("", 1, 65537)).isInstanceOf(IllegalArgumentException.class);
    }
}
