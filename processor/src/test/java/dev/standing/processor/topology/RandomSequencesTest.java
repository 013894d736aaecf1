package dev.standing.processor.topology;

import static dev.standing.processor.topology.TopologyFixture.NOON;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.avro.store.KeptSubordinate;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.DueIndex.Row;
import dev.standing.processor.store.SubordinateStore;
import dev.standing.processor.testing.DomainModel;
import dev.standing.processor.testing.DueRows;
import dev.standing.processor.testing.RecordedLog;
import dev.standing.serde.StoreCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random sequences of commands give the events that the domain alone gives, at the same times. */
class RandomSequencesTest {

    private static final int SEQUENCES = 2;
    private static final int LENGTH = 150;

    private static final CommandSequences COMMANDS =
            new CommandSequences(List.of("c-1", "c-2", "c-3", "c/4"), NOON, false).withSubordinates();

    @TempDir
    Path stateDirectory;

    @ParameterizedTest
    @EnumSource
    void theTopologyGivesTheSameEventsAsTheDomain(NamedPolicy policy) {
        for (int seed = 1; seed <= SEQUENCES; seed++) {
            try (TopologyFixture topology =
                    new TopologyFixture(policy.policy(), stateDirectory.resolve("s" + seed), 1)) {
                assertSame(new Random(seed), COMMANDS.steps(seed, LENGTH), topology, policy.policy());
            }
        }
    }

    private static void assertSame(Random random, List<Step> steps, TopologyFixture topology, Policy policy) {
        DomainModel model = new DomainModel(policy);
        Settlement settlement = new Settlement(policy);
        List<String> expected = new ArrayList<>();
        for (Step step : steps) {
            if (!step.advance().isZero()) {
                topology.advance(step.advance());
                model.settle(topology.clock.instant());
                model.cascade(topology.clock.instant());
            }
            topology.send(CommandMapping.toAvro(step.command()));
            expected.add(model.decide(step.command(), topology.clock.instant()).name());
            // Now and then the next command comes first.
            if (model.hasOpenCascades() && random.nextBoolean()) {
                topology.advance(Duration.ofMillis(1));
                model.settle(topology.clock.instant());
                model.cascade(topology.clock.instant());
            }
            // All that can be committed is what is kept after a command or a punctuation.
            assertThat(dueRows(topology)).isEqualTo(DueRows.of(model.customers().values(), settlement));
        }
        topology.advance(Duration.ofMillis(1));
        model.settle(topology.clock.instant());
        model.cascade(topology.clock.instant());

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
        assertThat(topology.subordinateUpdates().stream().collect(groupingBy(SubordinateUpdate::getCustomerId)))
                .isEqualTo(model.updates());
        SubordinateStore subordinates = new SubordinateStore(
                topology.driver.getKeyValueStore(SubordinateStore.name()), new StoreCodec<>(KeptSubordinate.class));
        for (String customerId : COMMANDS.customerIds()) {
            assertThat(subordinates.behind(customerId, Optional.empty(), Integer.MAX_VALUE))
                    .isEqualTo(model.subordinates(customerId));
        }
        assertThat(topology.deadLetters()).isEmpty();
    }

    private static Set<Row> dueRows(TopologyFixture topology) {
        Set<Row> rows = new HashSet<>();
        KeyValueStore<Bytes, byte[]> store = topology.driver.getKeyValueStore(DueIndex.name());
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> DueRows.row(entry.key.get()).ifPresent(rows::add));
        }
        return rows;
    }
}
