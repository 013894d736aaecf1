package dev.standing.audit.whatif;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.log.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What would have come out otherwise. The same log and policy give the same report.
 *
 * @param policyVersion the version of the policy that was tried
 * @param totals in numbers
 * @param changes from which answers to which, in their order
 * @param customers the first of those for which something would be otherwise, by customerId
 * @param leftOut what could not be decided again, and what was assumed
 */
public record WhatIfReport(
        String policyVersion, Totals totals, List<Change> changes, List<DifferingCustomer> customers, LeftOut leftOut) {

    /**
     * In numbers.
     *
     * @param commands how many were decided again
     * @param differing how many of these would have been answered otherwise
     * @param customers whose these commands are
     * @param answeredOtherwise how many customers would have got another answer
     * @param otherwise how many customers would have another state in the end
     * @param differingCustomers how many customers are one of both, or both
     */
    public record Totals(
            long commands,
            long differing,
            long customers,
            long answeredOtherwise,
            long otherwise,
            long differingCustomers) {}

    /**
     * From one answer to another.
     *
     * @param was as recorded
     * @param would as it would have been
     * @param count how often
     * @param examples the first of them
     */
    public record Change(String was, String would, long count, List<DifferingCommand> examples) {}

    /**
     * What the comparison does not rest on the record for.
     *
     * @param undecided commands without a result: dead letters, or not decided yet
     * @param undecidedExamples where the first of them lie in the commands
     * @param unreadable records that cannot be read
     * @param unreadableExamples where the first of them lie
     * @param assumedExternalIds registrations that would have been accepted, if their externalId was free: nobody asked
     * @param untold commands of customers of which cannot be told how they would have gone on
     * @param customersUntold how many such customers there are
     * @param customers the first of them
     */
    public record LeftOut(
            long undecided,
            List<Place> undecidedExamples,
            long unreadable,
            List<UnreadableRecord> unreadableExamples,
            long assumedExternalIds,
            long untold,
            long customersUntold,
            List<UntoldCustomer> customers) {}

    /** Whether nothing would have come out otherwise, which is known of all customers. */
    public boolean isSame() {
        return totals.differing() == 0 && totals.otherwise() == 0 && leftOut.untold() == 0;
    }

    /** For people, line by line. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(say(
                "%s of %s %s decided again under the policy %s.",
                counted(totals.commands(), "command"),
                counted(totals.customers(), "customer"),
                totals.commands() == 1 ? "was" : "were",
                policyVersion));
        lines.add(say(
                "%,d would have been answered otherwise, to %s; %s would have another state now.",
                totals.differing(),
                counted(totals.answeredOtherwise(), "customer"),
                counted(totals.otherwise(), "customer")));
        if (!changes.isEmpty()) {
            lines.add("");
            lines.add("Answers:");
            changes.forEach(change -> {
                lines.add(say("  %,8d  %s -> %s", change.count(), change.was(), change.would()));
                change.examples().forEach(example -> lines.add("            " + text(example)));
            });
        }
        if (!customers.isEmpty()) {
            lines.add("");
            lines.add("Customers:");
            customers.forEach(customer -> add(lines, customer));
            long left = totals.differingCustomers() - customers.size();
            if (left > 0) {
                lines.add(say("  and %s that %s not listed", counted(left, "customer"), left == 1 ? "is" : "are"));
            }
        }
        addLeftOut(lines);
        return List.copyOf(lines);
    }

    private static String text(DifferingCommand command) {
        return "customer " + command.customerId() + ", command " + command.commandId() + " (" + command.place() + ")";
    }

    private static void add(List<String> lines, DifferingCustomer customer) {
        lines.add("  " + customer.customerId());
        customer.commands()
                .forEach(command -> lines.add("    " + command.decidedAt() + " command " + command.commandId() + ": "
                        + command.was() + " -> " + command.would()));
        if (customer.differing() > customer.commands().size()) {
            lines.add(say(
                    "    and %,d more",
                    customer.differing() - customer.commands().size()));
        }
        customer.state()
                .forEach(field -> lines.add("    " + field.field() + ": "
                        + field.was().orElse("none") + " -> " + field.would().orElse("none")));
    }

    private void addLeftOut(List<String> lines) {
        List<String> said = new ArrayList<>();
        if (leftOut.undecided() > 0) {
            said.add(say(
                    "%s without a result: dead letters, or not decided yet (%s)",
                    counted(leftOut.undecided(), "command"), examples(leftOut.undecidedExamples())));
        }
        if (leftOut.unreadable() > 0) {
            said.add(say(
                    "%s that cannot be read (%s)",
                    counted(leftOut.unreadable(), "record"), examples(leftOut.unreadableExamples())));
        }
        if (leftOut.assumedExternalIds() > 0) {
            said.add(say(
                    "%s taken to have got an externalId that nobody had asked for",
                    counted(leftOut.assumedExternalIds(), "registration")));
        }
        if (leftOut.untold() > 0) {
            said.add(say(
                    "%s of %s of whom it cannot be told how they would have gone on",
                    counted(leftOut.untold(), "command"), counted(leftOut.customersUntold(), "customer")));
        }
        leftOut.customers()
                .forEach(customer -> said.add(say(
                        "  %s: %s: %s",
                        customer.customerId(), counted(customer.commands(), "command"), customer.why())));
        if (!said.isEmpty()) {
            lines.add("");
            lines.add("Left out or assumed:");
            said.forEach(line -> lines.add("  " + line));
        }
    }

    private static String examples(List<?> examples) {
        return String.join("; ", examples.stream().map(Object::toString).toList());
    }

    private static String counted(long count, String one) {
        return say("%,d %s%s", count, one, count == 1 ? "" : "s");
    }

    private static String say(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** For machines. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("policyVersion", policyVersion);
        json.put("same", isSame());
        json.putObject("commands").put("decidedAgain", totals.commands()).put("differing", totals.differing());
        json.putObject("customers")
                .put("total", totals.customers())
                .put("answeredOtherwise", totals.answeredOtherwise())
                .put("otherwise", totals.otherwise())
                .put("differing", totals.differingCustomers());
        ArrayNode kinds = json.putArray("changes");
        changes.forEach(change -> {
            ObjectNode kind = kinds.addObject()
                    .put("was", change.was())
                    .put("would", change.would())
                    .put("count", change.count());
            ArrayNode examples = kind.putArray("examples");
            change.examples().forEach(example -> put(examples.addObject(), example));
        });
        ArrayNode byCustomer = json.putArray("byCustomer");
        customers.forEach(customer -> put(byCustomer.addObject(), customer));
        ObjectNode left = json.putObject("leftOut");
        left.put("undecided", leftOut.undecided());
        put(left.putArray("undecidedExamples"), leftOut.undecidedExamples());
        left.put("unreadable", leftOut.unreadable());
        ArrayNode unreadable = left.putArray("unreadableExamples");
        leftOut.unreadableExamples()
                .forEach(record -> unreadable
                        .addObject()
                        .put("topic", record.topic())
                        .put("partition", record.place().partition())
                        .put("offset", record.place().offset()));
        left.put("assumedExternalIds", leftOut.assumedExternalIds());
        left.put("untold", leftOut.untold());
        left.put("customersUntold", leftOut.customersUntold());
        ArrayNode untold = left.putArray("untoldCustomers");
        leftOut.customers()
                .forEach(customer -> untold.addObject()
                        .put("customerId", customer.customerId())
                        .put("commands", customer.commands())
                        .put("why", customer.why()));
        return json;
    }

    private static void put(ArrayNode array, List<Place> places) {
        places.forEach(
                place -> array.addObject().put("partition", place.partition()).put("offset", place.offset()));
    }

    private static void put(ObjectNode json, DifferingCustomer customer) {
        json.put("customerId", customer.customerId());
        json.put("differing", customer.differing());
        ArrayNode commands = json.putArray("commands");
        customer.commands().forEach(command -> put(commands.addObject(), command));
        ArrayNode state = json.putArray("state");
        customer.state()
                .forEach(field -> state.addObject()
                        .put("field", field.field())
                        .put("was", orNull(field.was()))
                        .put("would", orNull(field.would())));
    }

    private static String orNull(Optional<String> value) {
        return value.orElse(null);
    }

    private static void put(ObjectNode json, DifferingCommand command) {
        json.put("customerId", command.customerId())
                .put("commandId", command.commandId())
                .put("partition", command.place().partition())
                .put("offset", command.place().offset())
                .put("decidedAt", command.decidedAt().toString())
                .put("was", command.was())
                .put("would", command.would());
    }
}
