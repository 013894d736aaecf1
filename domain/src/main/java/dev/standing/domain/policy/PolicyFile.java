package dev.standing.domain.policy;

import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.policy.PolicyNodes.Members;
import dev.standing.domain.policy.PolicyNodes.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads policies from YAML or JSON ({@code semantics.md} section 1). One that contradicts itself is refused with the
 * line that is wrong.
 */
public final class PolicyFile {

    private static final Set<String> POLICY_MEMBERS = Set.of(
            "version",
            "unknownCustomer",
            "maxPlannedChanges",
            "secondProposal",
            "validateFuturePending",
            "confirmWithoutPending",
            "pendingAutoConfirm",
            "idempotencyRetention",
            "states");
    private static final Set<String> AUTO_MEMBERS = Set.of("enabled", "action", "after");
    private static final Set<String> STATE_MEMBERS = Set.of("reasons", "defaultReason", "transitions", "terminal");
    private static final Set<String> REASON_MEMBERS = Set.of("code", "name", "description", "charged");

    private static final Duration LONGEST = Duration.ofDays(3_650);

    private PolicyFile() {}

    /** The packaged policy that allows every sensible transition. */
    public static Policy packagedDefault() {
        return packaged("default");
    }

    /** The packaged policy for activation, suspension and deactivation alone. */
    public static Policy packagedStrict() {
        return packaged("strict");
    }

    private static Policy packaged(String name) {
        InputStream content = PolicyFile.class.getResourceAsStream(name + "-policy.yaml");
        if (content == null) {
            throw new IllegalStateException("The policy " + name + " is not packaged");
        }
        return read("packaged policy " + name, content);
    }

    /**
     * Reads a policy from a file.
     *
     * @throws InvalidPolicyException if it cannot be read, or contradicts itself
     */
    public static Policy read(Path file) {
        try {
            return read(file.toString(), Files.newInputStream(file));
        } catch (IOException e) {
            throw new InvalidPolicyException(file.toString(), "it cannot be opened: " + e, e);
        }
    }

    /**
     * Reads a policy, and closes the stream.
     *
     * @param source names the policy in messages
     * @throws InvalidPolicyException if it cannot be read, or contradicts itself
     */
    public static Policy read(String source, InputStream content) {
        Members policy = PolicyNodes.read(source, content).only(POLICY_MEMBERS);
        return new Policy(
                policy.required("version").text(),
                states(policy.required("states")),
                policy.optional("unknownCustomer")
                        .map(value -> value.oneOf(UnknownCustomer.class))
                        .orElse(UnknownCustomer.REJECT),
                planning(policy),
                policy.optional("idempotencyRetention")
                        .map(PolicyFile::retention)
                        .orElse(Policy.DEFAULT_IDEMPOTENCY_RETENTION));
    }

    private static PlanningPolicy planning(Members policy) {
        PlanningPolicy otherwise = PlanningPolicy.DEFAULT;
        return new PlanningPolicy(
                policy.optional("maxPlannedChanges").map(PolicyFile::limit).orElse(otherwise.maxPlannedChanges()),
                policy.optional("secondProposal")
                        .map(value -> value.oneOf(SecondProposal.class))
                        .orElse(otherwise.secondProposal()),
                policy.optional("validateFuturePending").map(Value::bool).orElse(otherwise.validateFuturePending()),
                policy.optional("confirmWithoutPending")
                        .map(value -> value.oneOf(ConfirmWithoutPending.class))
                        .orElse(otherwise.confirmWithoutPending()),
                policy.optional("pendingAutoConfirm").flatMap(PolicyFile::automaticEnd));
    }

    private static int limit(Value value) {
        int limit = value.parsed(Integer::parseInt, "a number");
        if (limit < 1 || limit > PlanningPolicy.MOST_PLANNED_CHANGES) {
            throw value.problem(value.name() + " lies between 1 and " + PlanningPolicy.MOST_PLANNED_CHANGES);
        }
        return limit;
    }

    /** Whatever is there is checked, even if it is not enabled. */
    private static Optional<AutomaticEnd> automaticEnd(Value value) {
        Members members = value.members().only(AUTO_MEMBERS);
        boolean enabled = members.optional("enabled").map(Value::bool).orElse(false);
        AutomaticEnd.Action action = members.optional("action")
                .map(text -> text.oneOf(AutomaticEnd.Action.class))
                .orElse(AutomaticEnd.Action.CONFIRM);
        Duration after = members.optional("after").map(PolicyFile::delay).orElse(Duration.ZERO);
        return enabled ? Optional.of(new AutomaticEnd(action, after)) : Optional.empty();
    }

    private static Duration delay(Value value) {
        Duration delay = value.parsed(Duration::parse, "a duration like PT0S or P1D");
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw value.problem(value.name() + " lies between PT0S and P3650D");
        }
        return delay;
    }

    private static Duration retention(Value value) {
        Duration retention = value.parsed(Duration::parse, "a duration like P7D or PT12H");
        if (retention.compareTo(Duration.ofMinutes(1)) < 0 || retention.compareTo(LONGEST) > 0) {
            throw value.problem(value.name() + " lies between PT1M and P3650D");
        }
        return retention;
    }

    private static Map<CustomerState, StatePolicy> states(Value value) {
        Members members = value.members();
        Map<CustomerState, StatePolicy> states = new EnumMap<>(CustomerState.class);
        for (Value member : members.all()) {
            states.put(stateNamed(member), state(member));
        }
        for (CustomerState state : CustomerState.values()) {
            if (!states.containsKey(state)) {
                throw value.problem("the state " + state + " is missing");
            }
        }
        return states;
    }

    private static CustomerState stateNamed(Value member) {
        for (CustomerState state : CustomerState.values()) {
            if (state.name().equals(member.name())) {
                return state;
            }
        }
        throw member.problem("unknown state " + member.name());
    }

    private static StatePolicy state(Value value) {
        CustomerState state = stateNamed(value);
        Members members = value.members().only(STATE_MEMBERS);
        List<Reason> reasons = reasons(members.required("reasons"));
        Value defaultReason = members.required("defaultReason");
        StatePolicy policy = new StatePolicy(
                reasons,
                defaultReason.text(),
                transitions(state, members),
                members.optional("terminal").map(Value::bool).orElse(false));
        if (!policy.hasReason(policy.defaultReason())) {
            throw defaultReason.problem(
                    "the default reason " + policy.defaultReason() + " is not among the reasons of " + state);
        }
        if (policy.terminal() && !policy.transitions().isEmpty()) {
            throw members.required("transitions").problem("the state " + state + " is terminal and has transitions");
        }
        if (state == CustomerState.DEACTIVATED && !policy.terminal()) {
            throw value.problem("the state DEACTIVATED must be terminal");
        }
        return policy;
    }

    private static Set<CustomerState> transitions(CustomerState state, Members members) {
        Set<CustomerState> transitions = EnumSet.noneOf(CustomerState.class);
        for (Value entry : members.required("transitions").entries("state")) {
            CustomerState target = entry.oneOf(CustomerState.class);
            if (target == state) {
                throw entry.problem(state + " needs no transition to itself");
            }
            if (!transitions.add(target)) {
                throw entry.problem("the transition to " + target + " stands there twice");
            }
        }
        return transitions;
    }

    private static List<Reason> reasons(Value value) {
        List<Reason> reasons = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (Value entry : value.entries("reason")) {
            Members members = entry.members().only(REASON_MEMBERS);
            Value code = members.required("code");
            if (!codes.add(code.text())) {
                throw code.problem("the reason " + code.text() + " stands there twice");
            }
            reasons.add(new Reason(
                    code.text(),
                    members.optional("name").map(Value::text).orElse(code.text()),
                    members.optional("description").map(Value::text).orElse(""),
                    members.optional("charged").map(Value::bool).orElse(false)));
        }
        return reasons;
    }
}
