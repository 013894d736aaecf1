package dev.standing.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.testing.CommandSequences.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommandSequencesTest {

    private static final CommandSequences SEQUENCES =
            new CommandSequences(List.of("a", "b"), Instant.parse("2026-03-01T12:00:00Z"), false);

    private final List<Step> steps = SEQUENCES.steps(7, 500);

    @Test
    void theSameSeedGivesTheSameSequence() {
        assertThat(SEQUENCES.steps(7, 500)).isEqualTo(steps);
        assertThat(SEQUENCES.steps(8, 500)).isNotEqualTo(steps);
    }

    @Test
    void aShorterSequenceIsTheBeginningOfALongerOne() {
        assertThat(SEQUENCES.steps(7, 20)).isEqualTo(steps.subList(0, 20));
    }

    @Test
    void everyKindOfCommandAndCustomerIsAmongThem() {
        assertThat(commands())
                .extracting(Command::instruction)
                .hasAtLeastOneElementOfType(RegisterCustomer.class)
                .hasAtLeastOneElementOfType(ChangeState.class)
                .hasAtLeastOneElementOfType(ProposeChange.class)
                .hasAtLeastOneElementOfType(ConfirmChange.class)
                .hasAtLeastOneElementOfType(CancelChange.class);
        assertThat(commands()).extracting(Command::customerId).contains("a", "b");
    }

    @Test
    void commandsOfSubordinatesAreAmongThemIfTheyAreAskedFor() {
        assertThat(commands())
                .extracting(Command::instruction)
                .doesNotHaveAnyElementsOfTypes(RegisterSubordinates.class, RemoveSubordinate.class);
        assertThat(SEQUENCES.withSubordinates().steps(7, 500))
                .extracting(step -> step.command().instruction())
                .hasAtLeastOneElementOfType(RegisterSubordinates.class)
                .hasAtLeastOneElementOfType(RemoveSubordinate.class);
    }

    @Test
    void everyCommandCanBeAddressedAndHasACommandIdOfItsOwn() {
        assertThat(commands())
                .allSatisfy(command ->
                        assertThat(CommandValidation.identification(command)).isEmpty());
        assertThat(commands())
                .extracting(command -> command.origin().commandId())
                .doesNotHaveDuplicates();
    }

    @Test
    void requestsAreRepeatedWithTheSameAndWithOtherContent() {
        Map<RequestKey, List<Command>> requests = commands().stream().collect(Collectors.groupingBy(RequestKey::of));

        assertThat(requests.values())
                .anyMatch(same -> same.size() > 1 && contents(same) == 1)
                .anyMatch(same -> same.size() > 1 && contents(same) > 1);
    }

    @Test
    void theClockRunsBackwardsOnlyWhereItMay() {
        CommandSequences backwards = new CommandSequences(SEQUENCES.customerIds(), SEQUENCES.start(), true);

        assertThat(steps)
                .extracting(Step::advance)
                .noneMatch(Duration::isNegative)
                .contains(Duration.ZERO);
        assertThat(backwards.steps(7, 500)).extracting(Step::advance).anyMatch(Duration::isNegative);
    }

    private List<Command> commands() {
        return steps.stream().map(Step::command).toList();
    }

    private static long contents(List<Command> commands) {
        return commands.stream()
                .map(command -> Arrays.toString(CommandContent.digest(command)))
                .distinct()
                .count();
    }
}
