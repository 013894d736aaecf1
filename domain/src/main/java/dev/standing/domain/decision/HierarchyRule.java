package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.domain.policy.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How registrations and removals of subordinates are decided ({@code semantics.md} section 2). */
final class HierarchyRule {

    private final Policy policy;
    private final TransitionRule transitions;

    HierarchyRule(Policy policy) {
        this.policy = policy;
        this.transitions = new TransitionRule(policy);
    }

    /** Decides a list as a whole: all of it is registered, or nothing. */
    Verdict decide(Customer customer, Hierarchy hierarchy, RegisterSubordinates register) {
        return Verdict.unless(
                transitions
                        .notTerminal(customer)
                        .or(() -> reasons(register.subordinates()))
                        .or(() -> new Listed(hierarchy, register.subordinates()).check()),
                () -> new Accepted(
                        OutcomeStatus.REGISTERED,
                        register.subordinates().stream().map(this::registered).toList()));
    }

    /** Decides a removal. */
    Verdict decide(Customer customer, Hierarchy hierarchy, RemoveSubordinate remove) {
        return Verdict.unless(
                transitions.notTerminal(customer).or(() -> removable(hierarchy, remove.ref())),
                () -> new Accepted(OutcomeStatus.REMOVED, List.of(new SubordinateRemoved(remove.ref()))));
    }

    private Fact registered(RegisteredSubordinate subordinate) {
        return new SubordinateRegistered(
                subordinate.ref(),
                subordinate.parent(),
                subordinate.state(),
                ReasonRule.code(policy.of(subordinate.state()), reason(subordinate)));
    }

    private Optional<Rejection> reasons(List<RegisteredSubordinate> subordinates) {
        for (int i = 0; i < subordinates.size(); i++) {
            RegisteredSubordinate subordinate = subordinates.get(i);
            CustomerState state = subordinate.state();
            Optional<Rejection> wrong = ReasonRule.check(state, policy.of(state), reason(subordinate));
            if (wrong.isPresent()) {
                return Optional.of(about(i, wrong.get().code(), wrong.get().message(), subordinate));
            }
        }
        return Optional.empty();
    }

    private static ReasonChoice reason(RegisteredSubordinate subordinate) {
        return subordinate
                .reason()
                .<ReasonChoice>map(ReasonChoice.Named::new)
                .orElseGet(ReasonChoice.PolicyDefault::new);
    }

    private static Optional<Rejection> removable(Hierarchy hierarchy, SubordinateRef ref) {
        Optional<Subordinate> known = hierarchy.find(ref);
        if (known.isEmpty()) {
            return Optional.of(Rejection.of(
                    RejectionCode.UNKNOWN_SUBORDINATE, CommandField.ID, "The customer has no " + ref.text()));
        }
        return known.filter(subordinate -> subordinate.children() > 0)
                .map(subordinate -> Rejection.of(
                        RejectionCode.INVALID_HIERARCHY,
                        CommandField.ID,
                        ref.text() + " has children, which are to be removed first: " + subordinate.children()));
    }

    private static Rejection about(int index, RejectionCode code, String message, RegisteredSubordinate subordinate) {
        return Rejection.of(
                code,
                CommandField.SUBORDINATES,
                RegisterSubordinates.position(index) + ": " + subordinate.ref().text() + ": " + message);
    }

    /** A list on its way into a hierarchy: each subordinate meets those that came before it. */
    private static final class Listed {

        private final Hierarchy hierarchy;
        private final List<RegisteredSubordinate> subordinates;
        private final Map<SubordinateRef, Known> earlier = new HashMap<>();

        Listed(Hierarchy hierarchy, List<RegisteredSubordinate> subordinates) {
            this.hierarchy = hierarchy;
            this.subordinates = subordinates;
        }

        /** What the rules need of a subordinate that is registered, or is about to be. */
        private record Known(Optional<SubordinateRef> parent, CustomerState state) {}

        Optional<Rejection> check() {
            for (int i = 0; i < subordinates.size(); i++) {
                RegisteredSubordinate subordinate = subordinates.get(i);
                Optional<String> wrong = place(i, subordinate);
                if (wrong.isPresent()) {
                    return Optional.of(about(i, RejectionCode.INVALID_HIERARCHY, wrong.get(), subordinate));
                }
                earlier.put(subordinate.ref(), new Known(subordinate.parent(), subordinate.state()));
            }
            return Optional.empty();
        }

        /** What is wrong with the place that the subordinate is to have; empty: nothing. */
        private Optional<String> place(int index, RegisteredSubordinate subordinate) {
            Optional<Known> known = find(subordinate.ref());
            Optional<SubordinateRef> parent = subordinate.parent();
            if (parent.filter(subordinate.ref()::equals).isPresent()) {
                return Optional.of("it would be its own parent, which is a cycle");
            }
            if (known.filter(existing -> !existing.parent().equals(parent)).isPresent()) {
                return Optional.of("its parent is " + text(known.get().parent())
                        + " and never changes, so that it cannot" + " be " + text(parent));
            }
            Optional<SubordinateType> parentType = parent.map(SubordinateRef::type);
            if (!subordinate.ref().type().mayBelongTo(parentType)) {
                return Optional.of("its type does not allow the parent " + text(parent));
            }
            return parent.flatMap(ref -> beneath(index, subordinate, ref, known.isPresent()));
        }

        private Optional<String> beneath(
                int index, RegisteredSubordinate subordinate, SubordinateRef parent, boolean exists) {
            Optional<Known> known = find(parent);
            if (known.isEmpty()) {
                return Optional.of(
                        leadsBack(index, subordinate.ref(), parent)
                                ? "its parent " + parent.text() + " comes later and belongs to it, which is a cycle"
                                : "its parent " + parent.text() + " does not exist");
            }
            boolean staysClosed = exists && subordinate.state() == CustomerState.DEACTIVATED;
            return known.filter(existing -> existing.state() == CustomerState.DEACTIVATED && !staysClosed)
                    .map(existing -> "its parent " + parent.text() + " is DEACTIVATED");
        }

        /** Whether the rest of the list puts the parent, which does not exist yet, beneath the subordinate. */
        private boolean leadsBack(int index, SubordinateRef ref, SubordinateRef parent) {
            Map<SubordinateRef, RegisteredSubordinate> later = new HashMap<>();
            subordinates.subList(index + 1, subordinates.size()).forEach(next -> later.putIfAbsent(next.ref(), next));
            Set<SubordinateRef> seen = new HashSet<>();
            Optional<SubordinateRef> ancestor = Optional.of(parent);
            while (ancestor.isPresent() && !ancestor.get().equals(ref) && seen.add(ancestor.get())) {
                ancestor = Optional.ofNullable(later.get(ancestor.get())).flatMap(RegisteredSubordinate::parent);
            }
            return ancestor.filter(ref::equals).isPresent();
        }

        private Optional<Known> find(SubordinateRef ref) {
            return Optional.ofNullable(earlier.get(ref))
                    .or(() -> hierarchy
                            .find(ref)
                            .map(subordinate -> new Known(subordinate.parent(), subordinate.state())));
        }

        private static String text(Optional<SubordinateRef> parent) {
            return parent.map(SubordinateRef::text).orElse("the customer");
        }
    }
}
