package dev.standing.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class EngineNeededTest {

    @Test
    void testsOnContainersAreSkippedWithAReasonWhereNoEngineAnswers() {
        ConditionEvaluationResult result = EngineNeeded.evaluate(PlatformChoice.CONTAINERS, false, () -> false);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no Docker engine answers"));
    }

    @Test
    void testsOnContainersRunWhereAnEngineAnswers() {
        assertThat(EngineNeeded.evaluate(PlatformChoice.CONTAINERS, false, () -> true)
                        .isDisabled())
                .isFalse();
    }

    @Test
    void testsRunIntoAMissingEngineIfItIsRequired() {
        assertThat(EngineNeeded.evaluate(PlatformChoice.CONTAINERS, true, () -> false)
                        .isDisabled())
                .isFalse();
    }

    @Test
    void nobodyAsksForAnEngineOnTheEmbeddedPlatform() {
        assertThat(EngineNeeded.evaluate(PlatformChoice.EMBEDDED, false, () -> {
                            throw new AssertionError("asked");
                        })
                        .isDisabled())
                .isFalse();
    }

    @Test
    void aPlatformThatDoesNotExistIsRefused() {
        assertThat(PlatformChoice.of("containers")).isEqualTo(PlatformChoice.CONTAINERS);
        assertThatThrownBy(() -> PlatformChoice.of("container"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embedded or containers");
    }
}
