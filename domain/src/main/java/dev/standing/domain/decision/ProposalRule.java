package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.SecondProposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a proposal is decided ({@code semantics.md} section 6). */
final class ProposalRule {

    private final Policy policy;
    private final PlanningRule planning;

    ProposalRule(Policy policy) {
        this.policy = policy;
        this.planning = new PlanningRule(policy);
    }

    /** Decides a proposal for a customer that exists. */
    Verdict decide(Customer customer, ProposeChange proposal, Instant now) {
        return Verdict.unless(
                planning.ofState(customer, proposal.state(), proposal.reason())
                        .or(() -> planning.roomForProposal(customer))
                        .or(() -> nonePending(customer))
                        .or(() -> inFuture(proposal, now)),
                () -> new Accepted(OutcomeStatus.PENDING, facts(customer, proposal)));
    }

    private Optional<Rejection> nonePending(Customer customer) {
        return policy.planning().secondProposal() == SecondProposal.REJECT
                ? customer.pendingChange()
                        .map(pending -> Rejection.of(
                                RejectionCode.PENDING_EXISTS,
                                "The change " + pending.changeId()
                                        + " is pending; it has to be confirmed or cancelled first"))
                : Optional.empty();
    }

    private Optional<Rejection> inFuture(ProposeChange proposal, Instant now) {
        return policy.planning().validateFuturePending()
                        && !proposal.validFrom().isAfter(now)
                ? Optional.of(Rejection.of(
                        RejectionCode.DATE_IN_PAST,
                        CommandField.VALID_FROM,
                        "A proposal has to be for the future; it is " + now + " now"))
                : Optional.empty();
    }

    private List<Fact> facts(Customer customer, ProposeChange proposal) {
        List<Fact> facts = new ArrayList<>();
        Optional<PlannedChange> superseded = customer.pendingChange();
        superseded.ifPresent(
                pending -> facts.add(TransitionRule.cancelled(pending, CancelCause.SUPERSEDED, Optional.empty())));
        long sequence = customer.sequence() + facts.size() + 1;
        facts.add(new ChangeProposed(
                Event.idOf(customer.customerId(), sequence),
                new StateValue(
                        proposal.state(),
                        ReasonRule.code(policy.of(proposal.state()), proposal.reason()),
                        proposal.validFrom()),
                proposal.subordinateUpdated(),
                proposal.notes()));
        return facts;
    }
}
