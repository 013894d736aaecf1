package dev.standing.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import dev.standing.serde.GeneratedClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubordinateTreeTest {

    @BeforeAll
    static void trustTheGeneratedClasses() {
        GeneratedClasses.trust();
    }

    private final SubordinateTree tree = new SubordinateTree("big", 12_345);
    private final List<List<Subordinate>> commands = IntStream.range(0, tree.commands())
            .mapToObj(
                    nth -> tree.nth(nth).getRegisterSubordinates().orElseThrow().getSubordinates())
            .toList();

    @Test
    void allAreRegisteredAThousandAtATimeAtMost() {
        assertThat(commands).allMatch(command -> command.size() <= 1_000);
        assertThat(commands.stream().flatMap(List::stream).map(SubordinateTreeTest::ref))
                .hasSize(12_345)
                .doesNotHaveDuplicates();
    }

    @Test
    void parentsAreRegisteredBeforeTheirChildren() {
        Set<SubordinateRef> registered = new HashSet<>();
        commands.stream().flatMap(List::stream).forEach(subordinate -> {
            subordinate.getParent().ifPresent(parent -> assertThat(registered).contains(parent));
            registered.add(ref(subordinate));
        });
    }

    @Test
    void thereAreSubordinatesOfEveryType() {
        assertThat(commands.get(0))
                .extracting(Subordinate::getType)
                .contains(SubordinateType.ACCOUNT, SubordinateType.SUBSCRIBER, SubordinateType.SUBSCRIPTION);
    }

    private static SubordinateRef ref(Subordinate subordinate) {
        return new SubordinateRef(subordinate.getType(), subordinate.getId());
    }
}
