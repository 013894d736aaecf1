package dev.standing.processor.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerState;
import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.processor.history.AgendaPosition;
import dev.standing.processor.history.QueryAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AgendaPageTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theSoonestOfAllPartitionsComeFirst() {
        AgendaPage page = AgendaPage.of(
                new TreeMap<>(
                        Map.of(0, List.of(entry("c", 1), entry("a", 3)), 2, List.of(entry("b", 1), entry("d", 2)))),
                4);

        assertThat(page.rows()).extracting(row -> row.entry().getCustomerId()).containsExactly("b", "c", "d", "a");
        assertThat(page.rows()).extracting(AgendaPage.Row::partition).containsExactly(2, 0, 2, 0);
        assertThat(page.through()).isEmpty();
    }

    @Test
    void aPageThatIsCutTellsHowFarItHasEverything() {
        AgendaPage page = AgendaPage.of(
                new TreeMap<>(Map.of(0, List.of(entry("a", 1), entry("b", 3)), 1, List.of(entry("c", 2)))), 2);

        assertThat(page.rows()).extracting(row -> row.entry().getCustomerId()).containsExactly("a", "c");
        assertThat(page.through()).contains(AgendaPosition.of(entry("c", 2)));
    }

    @Test
    void itNamesItsPartitionsEvenWhereNothingIsPlannedAndWhoElseIsToBeAsked() {
        AgendaPage page = AgendaPage.of(new TreeMap<>(Map.of(0, List.of(entry("a", 1)), 3, List.of())), 1);
        QueryAddress self = new QueryAddress("http", "one", 1);

        assertThat(page.json(4, Optional.of(self), List.of(self, new QueryAddress("http", "two", 2))))
                .hasToString("{\"partitions\":4,\"covered\":[0,3],\"changes\":[{\"partition\":0,\"position\":\""
                        + AgendaPosition.of(entry("a", 1)).text()
                        + "\",\"customerId\":\"a\",\"changeId\":\"a:2\",\"status\":\"PENDING\",\"state\":\"ACTIVE\","
                        + "\"stateReason\":\"dfltActive\",\"stateValidFrom\":\"2026-03-01T12:00:01Z\"}],"
                        + "\"through\":null,\"processor\":\"http://one:1\","
                        + "\"processors\":[\"http://one:1\",\"http://two:2\"]}");
    }

    private static AgendaEntry entry(String customerId, int seconds) {
        return new AgendaEntry(
                customerId,
                customerId + ":2",
                PlannedChangeStatus.PENDING,
                CustomerState.ACTIVE,
                "dfltActive",
                NOON.plusSeconds(seconds));
    }
}
