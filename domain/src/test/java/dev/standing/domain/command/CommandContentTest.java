package dev.standing.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandContentTest {

    private static final Instant DATE = Instant.parse("2024-04-30T22:00:00Z");

    @Test
    void idsAndTheirSourceAreNotContent() {
        ChangeState change = change("fraud", Optional.of(DATE), Optional.empty());

        assertThat(digest("cmd-1", change)).isEqualTo(digest("cmd-2", change));
    }

    @Test
    void attributesCountWhateverTheirOrder() {
        Map<String, String> oneWay = new LinkedHashMap<>();
        oneWay.put("a", "1");
        oneWay.put("b", "2");
        Map<String, String> otherWay = new LinkedHashMap<>();
        otherWay.put("b", "2");
        otherWay.put("a", "1");

        assertThat(digest("c", registration(oneWay))).isEqualTo(digest("c", registration(otherWay)));
    }

    @Test
    void whateverDiffersIsOtherContent() {
        Stream<Instruction> different = Stream.of(
                change("fraud", Optional.empty(), Optional.empty()),
                change("nonPayment", Optional.empty(), Optional.empty()),
                change("fraud", Optional.of(DATE), Optional.empty()),
                change("fraud", Optional.of(DATE.plusMillis(1)), Optional.empty()),
                change("fraud", Optional.empty(), Optional.of("")),
                change("fraud", Optional.empty(), Optional.of("x")),
                new ChangeState(
                        CustomerState.BLOCKED,
                        new ReasonChoice.Named("fraud"),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                new ChangeState(
                        CustomerState.SUSPENDED,
                        new ReasonChoice.PolicyDefault(),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                new ChangeState(
                        CustomerState.SUSPENDED, new ReasonChoice.Missing(), Optional.empty(), false, Optional.empty()),
                new ChangeState(
                        CustomerState.SUSPENDED, new ReasonChoice.Missing(), Optional.empty(), true, Optional.empty()),
                registration(Map.of()),
                registration(Map.of("a", "1")),
                registration(Map.of("a", "")),
                new RegisterCustomer(Optional.of("x"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));

        List<String> digests =
                different.map(instruction -> digest("c", instruction)).toList();

        assertThat(digests.stream().collect(Collectors.toSet())).hasSameSizeAs(digests);
    }

    /** The digest is kept across upgrades: it must not change for what was there before. */
    @Test
    void theDigestOfACommandStaysWhatItWasInTheFirstRelease() {
        assertThat(digest("c", change("fraud", Optional.of(DATE), Optional.of("x"))))
                .isEqualTo("2a3d5e0f3dbe6ce992048be875dc19d74ce6bca930802cac61603cb1e66a143a");
    }

    private static ChangeState change(String reason, Optional<Instant> validFrom, Optional<String> notes) {
        return new ChangeState(CustomerState.SUSPENDED, new ReasonChoice.Named(reason), validFrom, false, notes);
    }

    private static RegisterCustomer registration(Map<String, String> attributes) {
        return new RegisterCustomer(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), attributes);
    }

    private static String digest(String commandId, Instruction instruction) {
        return HexFormat.of()
                .formatHex(CommandContent.digest(new Command(
                        "c-1",
                        new Origin(commandId, Optional.empty(), "crm"),
                        OptionalLong.empty(),
                        Optional.empty(),
                        instruction)));
    }
}
