package dev.standing.domain.decision;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Decision.Replayed;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.decision.Verdict.Rejected;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.UnknownCustomer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides commands ({@code semantics.md} section 4): a pure function of its arguments and the policy. Safe for use by
 * many threads.
 */
public final class Decider {

    private final Policy policy;
    private final RegistrationRule registrations;
    private final StateChangeRule stateChanges;

    /** A decider under this policy. */
    public Decider(Policy policy) {
        this.policy = policy;
        this.registrations = new RegistrationRule(policy);
        this.stateChanges = new StateChangeRule(policy);
    }

    /**
     * Decides a command whose identification is valid ({@link CommandValidation#identification}).
     *
     * @param customer the customer; empty if it was never registered
     * @param remembered what is remembered under the command's {@link dev.standing.domain.command.RequestKey}
     * @param command the command
     * @param clock the processor's clock
     */
    public Decision decide(
            Optional<Customer> customer, Optional<RememberedRequest> remembered, Command command, Instant clock) {
        Instant now = now(customer, clock);
        Optional<RememberedRequest> seen = remembered.filter(request -> isRemembered(request, clock));
        if (seen.isPresent()) {
            return seenBefore(customer, seen.get(), command, now);
        }
        Deliberation deliberation = new Deliberation(customer, command, now);
        return deliberation.decide();
    }

    /** The clock's time, to the millisecond, but never before the customer's last event. */
    private static Instant now(Optional<Customer> customer, Instant clock) {
        Instant millis = clock.truncatedTo(ChronoUnit.MILLIS);
        return customer.map(Customer::recordedAt).filter(millis::isBefore).orElse(millis);
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
        return new Decided(List.of(), rejected(customer, reused, now), false);
    }

    private Outcome rejected(Optional<Customer> customer, Rejection rejection, Instant now) {
        return new Outcome(OutcomeStatus.REJECTED, Optional.of(rejection), policy.version(), now, customer);
    }

    /** One command on its way through the steps that follow idempotency. */
    private final class Deliberation {

        private final Optional<Customer> customer;
        private final Command command;
        private final Instant now;

        Deliberation(Optional<Customer> customer, Command command, Instant now) {
            this.customer = customer;
            this.command = command;
            this.now = now;
        }

        Decided decide() {
            Verdict verdict = verdict();
            if (verdict instanceof Accepted accepted) {
                List<Event> events = events(accepted.facts());
                Outcome outcome = new Outcome(
                        accepted.status(),
                        Optional.empty(),
                        policy.version(),
                        now,
                        CustomerEvolution.evolve(customer, events));
                return new Decided(events, outcome, true);
            }
            // A later version may carry out what this one does not: it must not be told that it was decided.
            boolean remembered = !(command.instruction() instanceof Unsupported);
            return new Decided(List.of(), rejected(customer, ((Rejected) verdict).rejection(), now), remembered);
        }

        private Verdict verdict() {
            Instruction instruction = command.instruction();
            if (instruction instanceof RegisterCustomer register) {
                return refused(registrable()).orElseGet(() -> registrations.decide(register, now));
            }
            if (instruction instanceof ChangeState change) {
                return customer.isEmpty() && registersUnknown()
                        ? registerAndChange()
                        : refused(existing()).orElseGet(() -> stateChanges.decide(customer.orElseThrow(), change, now));
            }
            Unsupported unsupported = (Unsupported) instruction;
            return new Rejected(
                    (unsupported.needsCustomer() ? existing() : CommandValidation.content(command)).orElseThrow());
        }

        /** Checks existence, version and form for a command that needs its customer. */
        private Optional<Rejection> existing() {
            return known().or(this::version).or(() -> CommandValidation.content(command));
        }

        /** Checks existence, version and form for a command that makes its customer. */
        private Optional<Rejection> registrable() {
            return customer.map(existing -> Rejection.of(
                            RejectionCode.ALREADY_REGISTERED,
                            CommandField.CUSTOMER_ID,
                            "The customer was registered at " + existing.registeredAt()))
                    .or(this::version)
                    .or(() -> CommandValidation.content(command));
        }

        private Optional<Rejection> known() {
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

        private Optional<Rejection> version() {
            long version = customer.map(Customer::version).orElse(0L);
            return command.expectedVersion().orElse(version) == version
                    ? Optional.empty()
                    : Optional.of(Rejection.of(
                            RejectionCode.VERSION_CONFLICT,
                            CommandField.EXPECTED_VERSION,
                            "The customer's version is " + version + ", not "
                                    + command.expectedVersion().getAsLong()));
        }

        /** An externalId that is not known cannot be registered by a change: nobody has decided whose it is. */
        private boolean registersUnknown() {
            return policy.unknownCustomer() == UnknownCustomer.REGISTER
                    && command.customerExternalId().isEmpty();
        }

        private Verdict registerAndChange() {
            Fact registration = registrations.implied(now);
            Customer registered = CustomerEvolution.evolve(Optional.empty(), event(1, registration));
            Deliberation next = new Deliberation(Optional.of(registered), command, now);
            Verdict verdict = next.verdict();
            if (verdict instanceof Accepted accepted) {
                List<Fact> facts = new ArrayList<>();
                facts.add(registration);
                facts.addAll(accepted.facts());
                return new Accepted(accepted.status(), facts);
            }
            return verdict;
        }

        private static Optional<Verdict> refused(Optional<Rejection> rejection) {
            return rejection.map(Rejected::new);
        }

        private List<Event> events(List<Fact> facts) {
            long sequence = customer.map(Customer::sequence).orElse(0L);
            List<Event> events = new ArrayList<>();
            for (Fact fact : facts) {
                sequence++;
                events.add(event(sequence, fact));
            }
            return events;
        }

        private Event event(long sequence, Fact fact) {
            return new Event(command.customerId(), sequence, now, command.origin(), policy.version(), fact);
        }
    }
}
