package dev.standing.gateway.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.gateway.query.ProcessorPage.Position;
import dev.standing.gateway.query.ProcessorPage.Row;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangesPagesTest {

    private final ChangesPages pages = new ChangesPages(3);

    @Test
    void aPartitionOfWhichNobodySpeaksIsMissed() {
        pages.take(page(3, Set.of(0, 2), "", row(0, "a")));

        assertThat(pages.merged()).isEmpty();
    }

    @Test
    void whatSeveralNameIsPutInOrder() {
        pages.take(page(2, Set.of(0), "", row(0, "a"), row(0, "d")));
        pages.take(page(2, Set.of(1), "", row(1, "b")));

        assertMerged("", "a", "b", "d");
    }

    @Test
    void positionsAreComparedByTheirBytesAndNotByTheirTexts() {
        // As texts "-" and "_" stand elsewhere among letters and digits than the bits that they mean.
        pages.take(page(2, Set.of(0), "", row(0, "\u00ff?")));
        pages.take(page(2, Set.of(1), "", row(1, "zz")));

        assertMerged("", "zz", "\u00ff?");
    }

    @Test
    void aPageIsCutAtTheLimitAndTheNextFollowsOnItsLast() {
        pages.take(page(2, Set.of(0), "", row(0, "a"), row(0, "d")));
        pages.take(page(2, Set.of(1), "", row(1, "b"), row(1, "c")));

        assertMerged("c", "a", "b", "c");
    }

    @Test
    void whatIsBehindTheEndOfSomebodysPageWaitsForTheNext() {
        pages.take(page(2, Set.of(0), "b", row(0, "a"), row(0, "b")));
        pages.take(page(2, Set.of(1), "", row(1, "c")));

        assertMerged("b", "a", "b");
    }

    @Test
    void aPageThatIsJustFullIsTheLastIfNobodyHasMore() {
        pages.take(page(1, Set.of(0), "", row(0, "a"), row(0, "b"), row(0, "c")));

        assertMerged("", "a", "b", "c");
    }

    @Test
    void aPartitionOfWhichTwoSpeakIsTakenFromTheFirst() {
        pages.take(page(3, Set.of(0, 1), "", row(0, "a"), row(1, "b")));
        pages.take(page(3, Set.of(1, 2), "", row(1, "b"), row(1, "c"), row(2, "d")));

        assertMerged("", "a", "b", "d");
    }

    @Test
    void whoeverHasNothingNewDoesNotEndThePageEarlier() {
        pages.take(page(1, Set.of(0), "", row(0, "a"), row(0, "c")));
        pages.take(page(1, Set.of(0), "a", row(0, "a")));

        assertMerged("", "a", "c");
    }

    @Test
    void whoeverCountsPartitionsOtherwiseIsNotTaken() {
        pages.take(page(2, Set.of(0), "", row(0, "a")));
        pages.take(page(3, Set.of(1, 2), "", row(1, "b")));
        pages.take(page(2, Set.of(7), "", row(7, "c")));

        assertThat(pages.merged()).isEmpty();
    }

    private void assertMerged(String next, String... changes) {
        JsonNode merged = pages.merged().orElseThrow();
        assertThat(merged.get("changes"))
                .extracting(change -> change.get("changeId").textValue())
                .containsExactly(changes);
        assertThat(merged.get("next").textValue())
                .isEqualTo(next.isEmpty() ? null : position(next).text());
    }

    private static ProcessorPage page(int partitions, Set<Integer> covered, String through, Row... rows) {
        return new ProcessorPage(
                partitions,
                covered,
                List.of(rows),
                Stream.of(through)
                        .filter(text -> !text.isEmpty())
                        .map(ChangesPagesTest::position)
                        .findFirst(),
                Optional.empty(),
                List.of());
    }

    private static Row row(int partition, String place) {
        return new Row(
                partition,
                position(place),
                JsonNodeFactory.instance.objectNode().put("changeId", place));
    }

    private static Position position(String place) {
        return Position.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8)));
    }
}
