package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Partitions, each in order, become one sequence in order. */
class MergedAnswersTest {

    @Test
    void customersComeInTheOrderOfTheirBytes() {
        // In UTF-16 the last would come before the one before it.
        assertThat(merged(List.of(List.of("c-1", "c-3", "\uD83D\uDE00"), List.of(), List.of("c-10", "c-2", "\uFF5E"))))
                .containsExactly("c-1", "c-10", "c-2", "c-3", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(merged(List.of())).isEmpty();
    }

    private static List<String> merged(List<List<String>> partitions) {
        List<Iterator<AsOfAnswer>> answers = partitions.stream()
                .map(ids -> ids.stream()
                        .<AsOfAnswer>map(id -> new NothingHeld(id, Nothing.UNKNOWN_THEN))
                        .iterator())
                .toList();
        List<String> ids = new ArrayList<>();
        new MergedAnswers(answers).forEachRemaining(answer -> ids.add(answer.customerId()));
        return ids;
    }
}
