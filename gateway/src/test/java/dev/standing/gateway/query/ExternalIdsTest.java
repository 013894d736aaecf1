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
        externalIds.keep("a", "1");
        externalIds.keep("b", "2");
        ask("a");
        externalIds.keep("c", "3");

        ask("a", "b", "c");
        assertThat(queries.asked()).containsExactly("externalId b");
    }

    @Test
    void whatWasFoundMayBeReleasedAgainAndIsNotKept() {
        ask("a", "a");

        assertThat(queries.asked()).containsExactly("externalId a", "externalId a");
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
