package dev.standing.processor.topology;

import static dev.standing.processor.topology.TopologyFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.processor.testing.DomainModel;
import dev.standing.processor.testing.RecordedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random sequences of commands give the events that the domain alone gives, at the same times. */
class RandomSequencesTest {

    private static final int SEQUENCES = 3;
    private static final int LENGTH = 150;

    private static final CommandSequences COMMANDS =
            new CommandSequences(List.of("c-1", "c-2", "c-3", "c/4"), NOON, false);

    @TempDir
    Path stateDirectory;

    @ParameterizedTest
    @EnumSource
    void theTopologyGivesTheSameEventsAsTheDomain(NamedPolicy policy) {
        for (int seed = 1; seed <= SEQUENCES; seed++) {
            try (TopologyFixture topology =
                    new TopologyFixture(policy.policy(), stateDirectory.resolve("s" + seed), 1)) {
                assertSame(COMMANDS.steps(seed, LENGTH), topology, new DomainModel(policy.policy()));
            }
        }
    }

    private static void assertSame(List<Step> steps, TopologyFixture topology, DomainModel model) {
        List<String> expected = new ArrayList<>();
        for (Step step : steps) {
            if (!step.advance().isZero()) {
                topology.advance(step.advance());
                model.settle(topology.clock.instant());
            }
            topology.send(CommandMapping.toAvro(step.command()));
            expected.add(model.decide(step.command(), topology.clock.instant()).name());
        }

        assertThat(topology.results())
                .extracting(CommandResult::getStatus)
                .extracting(Enum::name)
                .isEqualTo(expected);
        RecordedLog log = new RecordedLog();
        for (TestRecord<byte[], byte[]> record :
                topology.raw(topology.topics.events().name())) {
            log.add(record.key(), record.value());
        }
        assertThat(log.events()).isEqualTo(model.events());
        Map<String, Customer> latest = new HashMap<>();
        topology.customers().forEach(customer -> latest.put(customer.getCustomerId(), customer));
        assertThat(latest).hasSameSizeAs(model.customers());
        latest.forEach((customerId, customer) -> {
            assertThat(CustomerMapping.toDomain(customer))
                    .isEqualTo(model.customers().get(customerId));
            assertThat(customer.getLastEventHash()).isEqualTo(log.heads().get(customerId));
        });
        assertThat(topology.deadLetters()).isEmpty();
    }
}
