package dev.standing.bench.scenario;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerCommand;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StormPlanTest {

    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, List<CustomerCommand>> byCustomer = IntStream.range(0, 24_000)
            .mapToObj(new StormPlan("s-", DUE)::nth)
            .collect(groupingBy(CustomerCommand::getCustomerId, LinkedHashMap::new, Collectors.toList()));

    @Test
    void everyTenthCustomerHasThreeChanges() {
        assertThat(byCustomer).hasSize(20_000);
        assertThat(byCustomer.get("s-0")).hasSize(3);
        assertThat(byCustomer.get("s-1")).hasSize(1);
        assertThat(byCustomer.get("s-10")).hasSize(3);
        assertThat(byCustomer.values()).filteredOn(plans -> plans.size() == 3).hasSize(2_000);
    }

    @Test
    void allChangesOfACustomerAreForTheSameInstant() {
        assertThat(byCustomer.values())
                .allMatch(plans ->
                        plans.stream().map(StormPlanTest::validFrom).distinct().count() == 1);
    }

    @Test
    void allFallDueWithinOneSecond() {
        assertThat(byCustomer.values())
                .allMatch(plans -> !validFrom(plans.get(0)).isBefore(DUE)
                        && validFrom(plans.get(0)).isBefore(DUE.plusSeconds(1)));
    }

    @Test
    void noCommandIsSentTwice() {
        assertThat(byCustomer.values().stream().flatMap(List::stream).map(CustomerCommand::getCommandId))
                .doesNotHaveDuplicates();
    }

    private static Instant validFrom(CustomerCommand command) {
        return command.getChangeState().orElseThrow().getValidFrom().orElseThrow();
    }
}
