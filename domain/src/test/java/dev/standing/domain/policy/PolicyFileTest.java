package dev.standing.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.domain.customer.CustomerState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code semantics.md} section 1: the policy file. */
class PolicyFileTest {

    private static final String VALID = packaged();
    private static final String AUTO = "pendingAutoConfirm: {enabled: false, action: CONFIRM, after: PT0S}";

    @Test
    void theDefaultNamesTheDefaultReasonsOfTheVendors() {
        Policy policy = PolicyFile.packagedDefault();

        assertThat(policy.states().values())
                .extracting(StatePolicy::defaultReason)
                .containsExactlyInAnyOrder(
                        "dfltInactive",
                        "dfltActive",
                        "dfltDormant",
                        "dfltSuspended",
                        "dfltBlocked",
                        "dfltBlacklisted",
                        "dfltDeactivated");
        assertThat(policy.of(CustomerState.SUSPENDED).reasonCodes()).contains("nonPayment", "customerRequest", "fraud");
        assertThat(policy.of(CustomerState.BLOCKED).reasonCodes()).contains("fraud");
        assertThat(policy.unknownCustomer()).isEqualTo(UnknownCustomer.REJECT);
        assertThat(policy.idempotencyRetention()).isEqualTo(Duration.ofDays(7));
        assertThat(policy.planning()).isEqualTo(PlanningPolicy.DEFAULT);
    }

    @Test
    void thePackagedPoliciesDifferInTheirTransitionsAlone() {
        Policy byDefault = PolicyFile.packagedDefault();
        Policy strict = PolicyFile.packagedStrict();

        assertThat(strict.version()).isEqualTo("strict-1");
        assertThat(strict.unknownCustomer()).isEqualTo(byDefault.unknownCustomer());
        assertThat(strict.planning()).isEqualTo(byDefault.planning());
        assertThat(strict.idempotencyRetention()).isEqualTo(byDefault.idempotencyRetention());
        for (CustomerState state : CustomerState.values()) {
            assertThat(strict.of(state).reasons()).isEqualTo(byDefault.of(state).reasons());
        }
    }

    @Test
    void theDefaultsOfPlannedChangesAreThoseOfTheVendor() {
        assertThat(PlanningPolicy.DEFAULT)
                .isEqualTo(new PlanningPolicy(
                        32, SecondProposal.SUPERSEDE, false, ConfirmWithoutPending.REJECT, Optional.empty()));
    }

    @Test
    void everySettingOfPlannedChangesIsRead() {
        Policy policy = read(VALID.replace("maxPlannedChanges: 32", "maxPlannedChanges: 5")
                .replace("secondProposal: SUPERSEDE", "secondProposal: REJECT")
                .replace("validateFuturePending: false", "validateFuturePending: true")
                .replace("confirmWithoutPending: REJECT", "confirmWithoutPending: APPLY")
                .replace(AUTO, "pendingAutoConfirm: {enabled: true, action: CANCEL, after: P1D}"));

        assertThat(policy.planning())
                .isEqualTo(new PlanningPolicy(
                        5,
                        SecondProposal.REJECT,
                        true,
                        ConfirmWithoutPending.APPLY,
                        Optional.of(new AutomaticEnd(AutomaticEnd.Action.CANCEL, Duration.ofDays(1)))));
    }

    @Test
    void anAutomaticEndThatIsEnabledConfirmsAtOnceUnlessItSaysOtherwise() {
        assertThat(automaticEnd("{enabled: true}"))
                .contains(new AutomaticEnd(AutomaticEnd.Action.CONFIRM, Duration.ZERO));
        assertThat(automaticEnd("{enabled: true, action: CONFIRM, after: PT0S}"))
                .contains(new AutomaticEnd(AutomaticEnd.Action.CONFIRM, Duration.ZERO));
    }

    @Test
    void anAutomaticEndIsNotEnabledUnlessItSaysSo() {
        assertThat(automaticEnd("{}")).isEmpty();
        assertThat(automaticEnd("{action: CANCEL, after: P1D}")).isEmpty();
        assertThat(automaticEnd("{enabled: false, action: CANCEL}")).isEmpty();
    }

    private static Optional<AutomaticEnd> automaticEnd(String setting) {
        return read(VALID.replace(AUTO, "pendingAutoConfirm: " + setting))
                .planning()
                .pendingAutoConfirm();
    }

    @ParameterizedTest
    @CsvSource({
        "maxPlannedChanges: 32, maxPlannedChanges: 1",
        "maxPlannedChanges: 32, maxPlannedChanges: 50",
        "after: PT0S, after: P3650D",
        "idempotencyRetention: P7D, idempotencyRetention: PT1M",
        "idempotencyRetention: P7D, idempotencyRetention: P3650D",
        "terminal: true, terminal: 'TRUE'",
    })
    void theEndsOfEveryRangeBelongToIt(String packaged, String end) {
        assertThat(read(VALID.replace(packaged, end)).version()).isEqualTo("default-1");
    }

    @Test
    void onlyDeactivatedIsTerminalInThePackagedPolicies() {
        for (Policy policy : new Policy[] {PolicyFile.packagedDefault(), PolicyFile.packagedStrict()}) {
            for (CustomerState state : CustomerState.values()) {
                assertThat(policy.of(state).terminal()).isEqualTo(state == CustomerState.DEACTIVATED);
            }
        }
    }

    @Test
    void settingsThatAreNotGivenHaveTheirDefaults() {
        Policy policy = read(VALID.replace("unknownCustomer: REJECT", "")
                .replace("maxPlannedChanges: 32", "")
                .replace("secondProposal: SUPERSEDE", "")
                .replace("validateFuturePending: false", "")
                .replace("confirmWithoutPending: REJECT", "")
                .replace(AUTO, "")
                .replace("idempotencyRetention: P7D", ""));

        assertThat(policy.planning()).isEqualTo(PlanningPolicy.DEFAULT);
        assertThat(policy.unknownCustomer()).isEqualTo(UnknownCustomer.REJECT);
        assertThat(policy.idempotencyRetention()).isEqualTo(Policy.DEFAULT_IDEMPOTENCY_RETENTION);
    }

    @Test
    void jsonIsReadAsWell() {
        String json = """
                {"version": "tiny",
                 "unknownCustomer": "REGISTER",
                 "states": {
                  "INACTIVE": {"reasons": [{"code": "a", "charged": true}], "defaultReason": "a", "transitions": ["ACTIVE"]},
                  "ACTIVE": {"reasons": [{"code": "a"}], "defaultReason": "a", "transitions": []},
                  "DORMANT": {"reasons": [{"code": "a"}], "defaultReason": "a", "transitions": []},
                  "SUSPENDED": {"reasons": [{"code": "a"}], "defaultReason": "a", "transitions": []},
                  "BLOCKED": {"reasons": [{"code": "a"}], "defaultReason": "a", "transitions": []},
                  "BLACKLISTED": {"reasons": [{"code": "a"}], "defaultReason": "a", "transitions": []},
                  "DEACTIVATED": {"reasons": [{"code": "a"}], "defaultReason": "a", "transitions": [], "terminal": true}}}
                """;

        Policy policy = read(json);

        assertThat(policy.version()).isEqualTo("tiny");
        assertThat(policy.unknownCustomer()).isEqualTo(UnknownCustomer.REGISTER);
        assertThat(policy.of(CustomerState.INACTIVE).transitions()).containsExactly(CustomerState.ACTIVE);
        assertThat(policy.of(CustomerState.INACTIVE).reasons().get(0)).isEqualTo(new Reason("a", "a", "", true));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "version: default-1 | # none | needs the member version",
                "version: default-1 | version: [1] | version must be a text",
                "unknownCustomer: REJECT | unknownCustomer: MAYBE | unknown unknownCustomer MAYBE",
                "unknownCustomer: REJECT | unkownCustomer: REJECT | unknown member unkownCustomer of the policy",
                "idempotencyRetention: P7D | idempotencyRetention: 7 days | must be a duration",
                "idempotencyRetention: P7D | idempotencyRetention: PT59.999S | lies between PT1M and P3650D",
                "idempotencyRetention: P7D | idempotencyRetention: P3650DT0.001S | lies between PT1M and P3650D",
                "maxPlannedChanges: 32 | maxPlannedChanges: 0 | maxPlannedChanges lies between 1 and 50",
                "maxPlannedChanges: 32 | maxPlannedChanges: 51 | maxPlannedChanges lies between 1 and 50",
                "maxPlannedChanges: 32 | maxPlannedChanges: many | maxPlannedChanges must be a number, not many",
                "maxPlannedChanges: 32 | maxPlannedChanges: [32] | maxPlannedChanges must be a text",
                "secondProposal: SUPERSEDE | secondProposal: IGNORE | known are [SUPERSEDE, REJECT]",
                "validateFuturePending: false | validateFuturePending: no | must be true or false, not no",
                "confirmWithoutPending: REJECT | confirmWithoutPending: IGNORE | known are [REJECT, APPLY]",
                "enabled: false | enabled: 1 | enabled must be true or false",
                "enabled: false | enable: true | known are action, after, enabled",
                "action: CONFIRM | action: APPLY | known are [CONFIRM, CANCEL]",
                "after: PT0S | after: -PT0.001S | after lies between PT0S and P3650D",
                "after: PT0S | after: P3650DT0.001S | after lies between PT0S and P3650D",
                "after: PT0S | after: soon | after must be a duration like PT0S or P1D, not soon",
                "{enabled: false, action: CONFIRM, after: PT0S} | true | pendingAutoConfirm must have members",
                "DORMANT: | SLEEPY: | unknown state SLEEPY",
                "transitions: [DEACTIVATED] | transitions: [DEAD] | unknown state DEAD",
                "transitions: [DEACTIVATED] | transitions: [DEACTIVATED, DEACTIVATED] | stands there twice",
                "transitions: [DEACTIVATED] | transitions: [BLACKLISTED] | needs no transition to itself",
                "transitions: [DEACTIVATED] | transitions: all | must be a list",
                "transitions: [] | transitions: [ACTIVE] | is terminal and has transitions",
                "terminal: true | terminal: false | DEACTIVATED must be terminal",
                "terminal: true | terminal: yes | must be true or false",
                "defaultReason: dfltActive | defaultReason: nonsense | is not among the reasons of ACTIVE",
                "defaultReason: dfltActive | # none | needs the member defaultReason",
                "code: paymentReceived | code: dfltActive | dfltActive stands there twice",
                "code: paymentReceived | kode: paymentReceived | unknown member kode of reason",
            })
    void aPolicyThatContradictsItselfIsRefusedWithTheLineThatIsWrong(String good, String bad, String problem) {
        String broken = VALID.replace(good, bad);

        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining(problem)
                .hasMessageMatching("my-policy\\.yaml, line \\d+: .*");
    }

    @Test
    void theLineIsThatOfTheValueThatIsWrong() {
        String broken = VALID.replace("defaultReason: dfltDormant", "defaultReason: nonsense");
        int line = (int) broken.substring(0, broken.indexOf("nonsense")).lines().count();

        assertThatThrownBy(() -> read(broken)).hasMessageStartingWith("my-policy.yaml, line " + line + ": ");
    }

    @Test
    void theLineOfAWrongSettingIsItsOwn() {
        String broken =
                VALID.replace(AUTO, "pendingAutoConfirm:\n  enabled: true\n  action: CONFIRM\n  after: eventually");
        int line =
                (int) broken.substring(0, broken.indexOf("eventually")).lines().count();

        assertThatThrownBy(() -> read(broken))
                .hasMessageStartingWith("my-policy.yaml, line " + line + ": after must be a duration")
                .hasRootCauseInstanceOf(DateTimeParseException.class);
    }

    @Test
    void aMissingStateIsNamed() {
        String broken = VALID.substring(0, VALID.indexOf("  DEACTIVATED:"));

        assertThatThrownBy(() -> read(broken)).hasMessageContaining("the state DEACTIVATED is missing");
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("version: 1\nstates: [")).hasMessageStartingWith("my-policy.yaml, line ");
        assertThatThrownBy(() -> read("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> read("- 1")).hasMessageContaining("must have members");
        assertThatThrownBy(() -> read("version: a\nversion: b"))
                .hasMessageContaining("line 2: version stands there twice");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PolicyFile.read(Path.of("no-such-policy.yaml")))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("no-such-policy.yaml");
    }

    private static Policy read(String text) {
        return PolicyFile.read("my-policy.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String packaged() {
        try (InputStream content = PolicyFile.class.getResourceAsStream("default-policy.yaml")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
