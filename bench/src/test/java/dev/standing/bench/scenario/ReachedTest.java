package dev.standing.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CascadeCompleted;
import dev.standing.avro.CustomerState;
import dev.standing.avro.StateValue;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.bench.report.Figure;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReachedTest {

    private final Reached reached = new Reached();

    @Test
    void aCascadeThatReachesAllHasNoFaults() {
        reached.add(update("a", null));
        reached.add(update("b", "a"));
        reached.add(completed(2));

        assertThat(faults(2).values()).containsOnly(0.0);
    }

    @Test
    void oneThatIsNotReachedIsAFault() {
        reached.add(update("a", null));
        reached.add(completed(2));

        assertThat(faults(2)).containsEntry("subordinates not updated", 1.0);
    }

    @Test
    void oneThatIsReachedTwiceIsAFault() {
        reached.add(update("a", null));
        reached.add(update("a", null));
        reached.add(completed(1));

        assertThat(faults(1))
                .containsEntry("subordinates updated more than once", 1.0)
                .containsEntry("updates with the id of another", 1.0);
    }

    @Test
    void aChildThatIsReachedBeforeItsParentIsAFault() {
        reached.add(update("b", "a"));
        reached.add(update("a", null));
        reached.add(completed(2));

        assertThat(faults(2)).containsEntry("subordinates updated before their parents", 1.0);
    }

    @Test
    void anEndThatIsMissingOrTellsAnotherNumberIsAFault() {
        reached.add(update("a", null));
        assertThat(faults(1)).containsEntry("ends that were told wrongly", 1.0);

        reached.add(completed(2));
        assertThat(faults(1)).containsEntry("ends that were told wrongly", 1.0);
    }

    private Map<String, Double> faults(int expected) {
        return reached.faults(expected).stream().collect(Collectors.toMap(Figure::name, Figure::value));
    }

    private static CascadeCompleted completed(long updated) {
        return CascadeCompleted.newBuilder()
                .setCauseSequence(7)
                .setUpdated(updated)
                .setSkipped(0)
                .build();
    }

    private static SubordinateUpdate update(String id, @Nullable String parent) {
        return SubordinateUpdate.newBuilder()
                .setUpdateId("big:7/ACCOUNT/" + id)
                .setCustomerId("big")
                .setSubordinateType(SubordinateType.ACCOUNT)
                .setId(id)
                .setParent(parent == null ? null : new SubordinateRef(SubordinateType.ACCOUNT, parent))
                .setState(new StateValue(CustomerState.BLOCKED, "fraud", Instant.EPOCH))
                .setCauseEventId("big:7")
                .setCauseSequence(7)
                .setRecordedAt(Instant.EPOCH)
                .build();
    }
}
