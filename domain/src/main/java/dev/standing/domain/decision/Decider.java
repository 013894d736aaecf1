package dev.standing.domain.decision;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Decision.AwaitsExternalId;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Decision.Replayed;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.decision.Verdict.NeedsExternalId;
import dev.standing.domain.decision.Verdict.Rejected;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.UnknownCustomer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides commands ({@code semantics.md} section 4): a pure function of its arguments and the policy. Safe for use by
 * many threads.
 */
public final class Decider {

    private final Policy policy;
    private final Settlement settlement;
    private final RegistrationRule registrations;
    private final StateChangeRule stateChanges;
    private final ProposalRule proposals;
    private final ConfirmationRule confirmations;
    private final CancellationRule cancellations;
    private final HierarchyRule hierarchies;

    /** A decider under this policy. */
    public Decider(Policy policy) {
        this.policy = policy;
        this.settlement = new Settlement(policy);
        this.registrations = new RegistrationRule(policy);
        this.stateChanges = new StateChangeRule(policy);
        this.proposals = new ProposalRule(policy);
        this.confirmations = new ConfirmationRule(policy, stateChanges);
        this.cancellations = new CancellationRule(policy);
        this.hierarchies = new HierarchyRule(policy);
    }

    /**
     * Decides a command whose identification is valid ({@link CommandValidation#identification}).
     *
     * @param customer the customer; empty if it was never registered
     * @param hierarchy the customer's subordinates
     * @param remembered what is remembered under the command's {@link dev.standing.domain.command.RequestKey}
     * @param command the command
     * @param claim whether the externalId that a registration names is its customer's; for all else, and as long as
     *     nobody asked, UNDECIDED
     * @param clock the processor's clock
     */
    public Decision decide(
            Optional<Customer> customer,
            Hierarchy hierarchy,
            Optional<RememberedRequest> remembered,
            Command command,
            ClaimStatus claim,
            Instant clock) {
        Instant now = Now.of(customer, clock);
        Optional<RememberedRequest> seen = remembered.filter(request -> isRemembered(request, clock));
        if (seen.isPresent()) {
            return seenBefore(customer, seen.get(), command, now);
        }
        return new Deliberation(customer, hierarchy, command, claim, now).decide();
    }

    /**
     * Whether a command can bring a customer into being that does not exist. Until it is decided whether it does, no
     * other such command for the same customer is to be decided.
     */
    public boolean canRegister(Command command) {
        Instruction instruction = command.instruction();
        return instruction instanceof RegisterCustomer
                || (policy.unknownCustomer() == UnknownCustomer.REGISTER
                        && (instruction instanceof ChangeState || instruction instanceof ProposeChange)
                        // Nobody has decided whose an externalId is that is not known.
                        && command.customerExternalId().isEmpty());
    }

    private boolean isRemembered(RememberedRequest request, Instant clock) {
        return clock.isBefore(request.decidedAt().plus(policy.idempotencyRetention()));
    }

    private Decision seenBefore(
            Optional<Customer> customer, RememberedRequest remembered, Command command, Instant now) {
        if (Arrays.equals(remembered.contentDigest(), CommandContent.digest(command))) {
            return new Replayed();
        }
        CommandField field =
                command.origin().requestId().isPresent() ? CommandField.REQUEST_ID : CommandField.COMMAND_ID;
        Rejection reused =
                Rejection.of(RejectionCode.REQUEST_ID_REUSED, field, "Another request with other content had this id");
        return new Decided(List.of(), outcome(OutcomeStatus.REJECTED, Optional.of(reused), customer, now), false);
    }

    private Outcome outcome(
            OutcomeStatus status, Optional<Rejection> rejection, Optional<Customer> customer, Instant now) {
        return new Outcome(status, rejection, policy.version(), now, customer);
    }

    /** One command on its way through the steps that follow idempotency. */
    private final class Deliberation {

        private final Hierarchy hierarchy;
        private final Command command;
        private final ClaimStatus claim;
        private final Instant now;
        private final Chronicle chronicle;

        Deliberation(
                Optional<Customer> customer, Hierarchy hierarchy, Command command, ClaimStatus claim, Instant now) {
            this.hierarchy = hierarchy;
            this.command = command;
            this.claim = claim;
            this.now = now;
            this.chronicle = new Chronicle(command.customerId(), customer, now, policy.version());
        }

        Decision decide() {
            settlement.settle(chronicle, now);
            Chronicle registered = chronicle.customer().isEmpty() && canRegister(command) && needsCustomer()
                    ? withImpliedRegistration()
                    : chronicle;
            Verdict verdict = verdict(registered.customer());
            if (verdict instanceof NeedsExternalId needed) {
                return new AwaitsExternalId(needed.externalId());
            }
            if (verdict instanceof Accepted accepted) {
                registered.record(command.origin(), accepted.facts());
                return new Decided(
                        registered.events(),
                        outcome(accepted.status(), Optional.empty(), registered.customer(), now),
                        true);
            }
            return rejected(((Rejected) verdict).rejection());
        }

        /** Settling stands even if the command is rejected; a registration that it implied does not. */
        private Decided rejected(Rejection rejection) {
            // A later version may carry out what this one does not: it must not be told that it was decided.
            boolean remembered = !(command.instruction() instanceof Unsupported);
            return new Decided(
                    chronicle.events(),
                    outcome(OutcomeStatus.REJECTED, Optional.of(rejection), chronicle.customer(), now),
                    remembered);
        }

        private boolean needsCustomer() {
            Instruction instruction = command.instruction();
            return instruction instanceof Unsupported unsupported
                    ? unsupported.needsCustomer()
                    : !(instruction instanceof RegisterCustomer);
        }

        private Chronicle withImpliedRegistration() {
            Chronicle registered = new Chronicle(command.customerId(), Optional.empty(), now, policy.version());
            registered.record(command.origin(), List.of(registrations.implied(now)));
            return registered;
        }

        private Verdict verdict(Optional<Customer> customer) {
            return Verdict.unless(
                    existence(customer).or(() -> version(customer)).or(() -> CommandValidation.content(command)),
                    () -> instructed(customer));
        }

        private Verdict instructed(Optional<Customer> customer) {
            Instruction instruction = command.instruction();
            if (instruction instanceof RegisterCustomer register) {
                return registrations.decide(register, claim, now);
            }
            Customer existing = customer.orElseThrow();
            if (instruction instanceof ChangeState change) {
                return stateChanges.decide(existing, change, now);
            }
            if (instruction instanceof ProposeChange proposal) {
                return proposals.decide(existing, proposal, now);
            }
            if (instruction instanceof ConfirmChange confirmation) {
                return confirmations.decide(existing, confirmation, now);
            }
            if (instruction instanceof RegisterSubordinates register) {
                return hierarchies.decide(existing, hierarchy, register);
            }
            if (instruction instanceof RemoveSubordinate remove) {
                return hierarchies.decide(existing, hierarchy, remove);
            }
            return cancellations.decide(existing, (CancelChange) instruction);
        }

        private Optional<Rejection> existence(Optional<Customer> customer) {
            if (command.instruction() instanceof RegisterCustomer) {
                return customer.map(existing -> Rejection.of(
                        RejectionCode.ALREADY_REGISTERED,
                        CommandField.CUSTOMER_ID,
                        "The customer was registered at " + existing.registeredAt()));
            }
            return needsCustomer() ? unknown(customer) : Optional.empty();
        }

        private Optional<Rejection> unknown(Optional<Customer> customer) {
            if (customer.isEmpty()) {
                return Optional.of(Rejection.of(
                        RejectionCode.UNKNOWN_CUSTOMER,
                        command.customerExternalId().isPresent()
                                ? CommandField.CUSTOMER_EXTERNAL_ID
                                : CommandField.CUSTOMER_ID,
                        "No customer was registered under this id"));
            }
            Optional<String> externalId = customer.get().externalId();
            return command.customerExternalId()
                    .filter(named -> !externalId.equals(Optional.of(named)))
                    .map(named -> Rejection.of(
                            RejectionCode.UNKNOWN_CUSTOMER,
                            CommandField.CUSTOMER_EXTERNAL_ID,
                            "No customer was registered under this externalId"));
        }

        private Optional<Rejection> version(Optional<Customer> customer) {
            long version = customer.map(Customer::version).orElse(0L);
            return command.expectedVersion().orElse(version) == version
                    ? Optional.empty()
                    : Optional.of(Rejection.of(
                            RejectionCode.VERSION_CONFLICT,
                            CommandField.EXPECTED_VERSION,
                            "The customer's version is " + version + ", not "
                                    + command.expectedVersion().getAsLong()));
        }
    }
}
