package dev.standing.audit.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.testing.PaperLog;
import dev.standing.audit.testing.PaperLog.Partition;
import dev.standing.audit.testing.PaperLog.Plan;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.testing.NamedPolicy;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class WhatIfPropertyTest {

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void underThePolicyInForceNothingDiffers(@ForAll long seed, @ForAll NamedPolicy policy) {
        for (Partition partition : log(seed, policy).partitions()) {
            WhatIfReport report = whatIf(policy.policy(), partition, 0, 0);
            assertThat(report.text()).as("%s", report.text()).hasSizeLessThan(6);
            assertThat(report.isSame()).isTrue();
            assertThat(report.leftOut().untold()).isZero();
            assertThat(report.totals().commands()).isEqualTo(partition.results().size());
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void norWhenTheFirstCommandsAndResultsAreGone(
            @ForAll long seed,
            @ForAll NamedPolicy policy,
            @ForAll @DoubleRange(min = 0, max = 1) double commandsGone,
            @ForAll @DoubleRange(min = 0, max = 1) double resultsGone) {
        for (Partition partition : log(seed, policy).partitions()) {
            WhatIfReport report = whatIf(policy.policy(), partition, commandsGone, resultsGone);
            assertThat(report.isSame()).as("%s", report.text()).isTrue();
            assertThat(report.leftOut().untold()).as("%s", report.text()).isZero();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void underAnyPolicyEveryCommandWithAResultIsDecidedAgain(
            @ForAll long seed, @ForAll NamedPolicy policy, @ForAll NamedPolicy other) {
        for (Partition partition : log(seed, policy).partitions()) {
            WhatIfReport report = whatIf(other.policy(), partition, 0, 0);
            assertThat(report.leftOut().untold()).as("%s", report.text()).isZero();
            assertThat(report.totals().commands()).isEqualTo(partition.results().size());
        }
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void theSameComesOutWhenNearlyAllOfItLiesOnDisk(@ForAll long seed, @ForAll NamedPolicy other) {
        for (Partition partition : log(seed, NamedPolicy.DEFAULT).partitions()) {
            WhatIfReport report = whatIf(other.policy(), partition, 0, 0);
            WhatIfReport fromDisk = new WhatIf(other.policy(), 100, 1)
                    .of(partition.commands(), partition.results(), partition.events(), true);
            assertThat(fromDisk.toJson()).isEqualTo(report.toJson());
        }
    }

    private static PaperLog log(long seed, NamedPolicy policy) {
        return PaperLog.of(Plan.of(seed).under(forgetful(policy.policy())).sized(4, 120));
    }

    private static Policy forgetful(Policy policy) {
        return new Policy(
                policy.version(),
                policy.states(),
                policy.unknownCustomer(),
                policy.planning(),
                PaperLog.policy().idempotencyRetention());
    }

    private static WhatIfReport whatIf(Policy policy, Partition partition, double commandsGone, double resultsGone) {
        return new WhatIf(policy, 100)
                .of(
                        without(partition.commands(), commandsGone),
                        without(partition.results(), resultsGone),
                        partition.events(),
                        true);
    }

    private static <T> List<T> without(List<T> all, double part) {
        return all.subList((int) (all.size() * part), all.size());
    }
}
