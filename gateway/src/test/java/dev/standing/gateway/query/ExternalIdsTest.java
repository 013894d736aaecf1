package dev.standing.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.StubQueries;
import org.junit.jupiter.api.Test;

class ExternalIdsTest {

    private final StubQueries queries =
            new StubQueries().granted("a", "1").granted("b", "2").granted("c", "3");
    private final ExternalIds externalIds = new ExternalIds(queries, 2);

    @Test
    void beyondItsCapacityItForgetsWhatWasNotAskedForLongest() {
        ask("a", "b", "a", "c");
        assertThat(queries.asked()).containsExactly("externalId a", "externalId b", "externalId c");

        ask("a", "b");
        assertThat(queries.asked()).hasSize(4).endsWith("externalId b");
    }

    @Test
    void whatWasLearntIsNotAskedFor() {
        externalIds.keep("x", "9");

        assertThat(externalIds.customerIdOf("x").join()).isEqualTo(new QueryAnswer.Found<>("9"));
        assertThat(queries.asked()).isEmpty();
    }

    @Test
    void thatSomebodyWasNotFoundIsNotKept() {
        ask("x");
        queries.granted("x", "9");

        assertThat(externalIds.customerIdOf("x").join()).isEqualTo(new QueryAnswer.Found<>("9"));
    }

    private void ask(String... names) {
        for (String name : names) {
            externalIds.customerIdOf(name).join();
        }
    }
}
