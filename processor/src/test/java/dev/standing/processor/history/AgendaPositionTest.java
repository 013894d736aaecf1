package dev.standing.processor.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgendaPositionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void changesStandInTheOrderOfDateCustomerAndChange() {
        List<AgendaPosition> inOrder = List.of(
                AgendaPosition.before(Instant.MIN),
                AgendaPosition.of(Instant.parse("0001-01-01T00:00:00Z"), "c", "c:1"),
                AgendaPosition.of(Instant.parse("1969-12-31T23:59:59.999Z"), "c", "c:1"),
                AgendaPosition.of(Instant.EPOCH, "c", "c:1"),
                AgendaPosition.before(NOON),
                AgendaPosition.of(NOON, "c", "c:1"),
                AgendaPosition.of(NOON, "c", "c:2"),
                AgendaPosition.of(NOON, "c!", "c!:1"),
                AgendaPosition.of(NOON, "c1", "c1:1"),
                AgendaPosition.of(NOON, "d", "d:1"),
                AgendaPosition.of(NOON, "\uFB01", "x"),
                AgendaPosition.of(NOON, "\uD83D\uDE00", "x"),
                AgendaPosition.before(NOON.plusMillis(1)),
                AgendaPosition.before(Instant.MAX));

        assertThat(inOrder).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theNextPlaceIsBehindOneChangeAndInFrontOfAllOthers() {
        AgendaPosition here = AgendaPosition.of(NOON, "c", "c:1");

        assertThat(Stream.of(here, here.next(), AgendaPosition.of(NOON, "c", "c:10")))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aTextLeadsBackToItsPosition() {
        AgendaPosition position = AgendaPosition.of(NOON, "a/b \u00e9", "a/b \u00e9:12");

        assertThat(position.text()).matches("[A-Za-z0-9_-]+");
        assertThat(AgendaPosition.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "AAAAAAAAAAA",
                "AAAAAAAAAAAAY===",
                "AAAAAAAAAAAAB",
                "####",
                "AAAAAAAAAAAA AAA",
                "x+/x"
            })
    void whatNoPositionGaveIsNone(String text) {
        assertThat(AgendaPosition.parse(text)).isEmpty();
    }
}
