package dev.standing.processor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubordinatePositionTest {

    @Test
    void subordinatesStandInTheOrderOfDepthTypeAndId() {
        List<SubordinatePosition> inOrder = List.of(
                at(1, SubordinateType.ACCOUNT, "a"),
                at(1, SubordinateType.ACCOUNT, "a-1"),
                at(1, SubordinateType.ACCOUNT, "b"),
                at(1, SubordinateType.ACCOUNT, "\uFB01"),
                at(1, SubordinateType.ACCOUNT, "\uD83D\uDE00"),
                at(1, SubordinateType.SUBSCRIPTION, "a"),
                at(2, SubordinateType.ACCOUNT, "a"),
                at(2, SubordinateType.SUBSCRIBER, "z"),
                at(2, SubordinateType.SUBSCRIPTION, "a"),
                at(255, SubordinateType.ACCOUNT, "a"),
                at(256, SubordinateType.ACCOUNT, "a"),
                at(1_000_000, SubordinateType.ACCOUNT, "a"));

        assertThat(inOrder.stream().map(SubordinatePosition::bytes)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theNextPlaceIsBehindOneSubordinateAndInFrontOfAllOthers() {
        SubordinatePosition here = at(1, SubordinateType.ACCOUNT, "a");

        assertThat(Stream.of(here, here.next(), at(1, SubordinateType.ACCOUNT, "a!"))
                        .map(SubordinatePosition::bytes))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aTextLeadsBackToItsPositionHoweverLongItsIdIs() {
        SubordinatePosition position = at(Integer.MAX_VALUE, SubordinateType.SUBSCRIPTION, "\uFB01".repeat(256));

        assertThat(position.text()).matches("[A-Za-z0-9_-]{1,2000}");
        assertThat(SubordinatePosition.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "AAAAAQ", "AAAAAUF=", "AAAAAUB", "####", "AAAA AUFC", "x+/xxxxx"})
    void whatNoPositionGaveIsNone(String text) {
        assertThat(SubordinatePosition.parse(text)).isEmpty();
    }

    private static SubordinatePosition at(int depth, SubordinateType type, String id) {
        return SubordinatePosition.of(depth, new SubordinateRef(type, id));
    }
}
