package dev.standing.testing;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips tests that are to run on containers where no Docker engine answers, unless it is required. */
final class EngineNeeded implements ExecutionCondition {

    /** The system property that makes a missing engine a failure. */
    static final String REQUIRED = "standing.containers.required";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(
                PlatformChoice.made(),
                Boolean.getBoolean(REQUIRED),
                () -> DockerClientFactory.instance().isDockerAvailable());
    }

    /** The engine is asked for only where it decides. */
    static ConditionEvaluationResult evaluate(PlatformChoice choice, boolean required, BooleanSupplier engineAnswers) {
        if (choice == PlatformChoice.EMBEDDED) {
            return ConditionEvaluationResult.enabled("the platform is embedded");
        }
        if (required) {
            return ConditionEvaluationResult.enabled("without an engine, to fail");
        }
        return engineAnswers.getAsBoolean()
                ? ConditionEvaluationResult.enabled("a Docker engine answers")
                : ConditionEvaluationResult.disabled("containers were chosen, but no Docker engine answers");
    }
}
