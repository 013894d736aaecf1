package dev.standing.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.testing.PaperLog.Partition;
import dev.standing.audit.testing.PaperLog.Placed;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventMapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaperLogTest {

    private static final List<PaperLog> LOGS =
            LongStream.range(0, 40).mapToObj(PaperLog::of).toList();

    @Test
    void theSameSeedGivesTheSameRecords() {
        assertThat(described(PaperLog.of(7))).isEqualTo(described(LOGS.get(7)));
        assertThat(described(PaperLog.of(7))).isNotEqualTo(described(LOGS.get(8)));
    }

    private static List<String> described(PaperLog log) {
        return log.records().stream()
                .map(record -> record.topic()
                        + record.key()
                        + record.headers()
                        + record.timestamp()
                        + record.transaction()
                        + record.payload()
                                .map(payload -> new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1)))
                .toList();
    }

    @Test
    void eventsFoldIntoTheCustomersThatWereWritten() {
        for (Partition partition : partitions()) {
            Map<String, Customer> latest = new HashMap<>();
            partition.customers().stream()
                    .map(Placed::value)
                    .forEach(customer -> latest.put(customer.getCustomerId(), customer));
            Map<String, Customer> folded = new HashMap<>();
            for (LoggedEvent logged : partition.events()) {
                CustomerEvent event = logged.event();
                Optional<Customer> before = Optional.ofNullable(folded.get(event.getCustomerId()));
                Optional<Sha256> head = before.map(Customer::getLastEventHash);
                assertThat(event.getPreviousHash()).isEqualTo(head);
                folded.put(
                        event.getCustomerId(),
                        CustomerMapping.toAvro(
                                CustomerEvolution.evolve(
                                        before.map(CustomerMapping::toDomain), EventMapping.toDomain(event)),
                                logged.hash()));
            }
            assertThat(folded).isEqualTo(latest);
        }
    }

    @Test
    void resultsAnswerCommandsOfTheirPartitionOnce() {
        for (Partition partition : partitions()) {
            Set<String> commands = partition.commands().stream()
                    .map(logged -> logged.command().origin().commandId())
                    .collect(Collectors.toSet());
            assertThat(partition.results())
                    .extracting(LoggedResult::commandId)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(commands);
        }
    }

    /** A test that reads a hundred logs is to meet all that can happen. */
    @Test
    void allKindsOfThingsHappen() {
        Map<EventType, Integer> events = new EnumMap<>(EventType.class);
        partitions().stream()
                .flatMap(partition -> partition.events().stream())
                .forEach(logged -> events.merge(logged.event().getType(), 1, Integer::sum));
        assertThat(events)
                .hasSize(EventType.values().length - 1)
                .allSatisfy((type, times) -> assertThat(times).as("%s", type).isGreaterThan(9));
        assertThat(results(LoggedResult::commandId, result -> result.result().getReplayed()))
                .hasSizeGreaterThan(9);
        assertThat(results(
                        LoggedResult::commandId,
                        result -> result.result().getReplayed()
                                && result.commandId().equals(result.result().getCommandId())))
                .isEmpty();
        assertThat(results(LoggedResult::commandId, coded(RejectionCode.REQUEST_ID_REUSED)))
                .hasSizeGreaterThan(9);
        assertThat(results(LoggedResult::commandId, coded(RejectionCode.EXTERNAL_ID_TAKEN)))
                .hasSizeGreaterThan(9);
        assertThat(partitions()).filteredOn(PaperLogTest::answersOutOfOrder).hasSizeGreaterThan(9);
        assertThat(partitions())
                .filteredOn(partition ->
                        partition.commands().size() > partition.results().size())
                .hasSizeGreaterThan(9);
        assertThat(partitions().stream()
                        .mapToInt(partition -> partition.updates().size())
                        .sum())
                .isGreaterThan(100);
    }

    private static Predicate<LoggedResult> coded(RejectionCode code) {
        return result -> result.result().getCode().equals(Optional.of(code));
    }

    private static List<String> results(
            java.util.function.Function<LoggedResult, String> what, Predicate<LoggedResult> which) {
        return partitions().stream()
                .flatMap(partition -> partition.results().stream())
                .filter(which)
                .map(what)
                .toList();
    }

    private static boolean answersOutOfOrder(Partition partition) {
        List<String> order = new ArrayList<>();
        partition.commands().stream()
                .map(LoggedCommand::command)
                .forEach(command -> order.add(command.origin().commandId()));
        List<Integer> answered = partition.results().stream()
                .map(result -> order.indexOf(result.commandId()))
                .toList();
        return !answered.equals(answered.stream().sorted().toList());
    }

    private static List<Partition> partitions() {
        return LOGS.stream().flatMap(log -> log.partitions().stream()).toList();
    }
}
