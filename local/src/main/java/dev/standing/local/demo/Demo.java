package dev.standing.local.demo;

import dev.standing.local.console.Console;
import dev.standing.local.node.LocalAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sends the requests of both vendor APIs over HTTP, shows the answers and the events that they cause, and checks that
 * everything is as it should be. May be run again on the same data.
 */
public final class Demo {

    /** So far in the future is the change that falls due while one watches. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DemoClient client;
    private final EventFeed events;
    private final DemoPrinter printer;
    private final List<StepOutcome> outcomes = new ArrayList<>();
    private final List<SeenEvent> surplus = new ArrayList<>();

    private Demo(DemoClient client, EventFeed events, DemoPrinter printer) {
        this.client = client;
        this.events = events;
        this.printer = printer;
    }

    /**
     * Runs it.
     *
     * @return whether everything was as it should be
     * @throws IllegalStateException if the gateway does not answer
     */
    public static boolean run(LocalAddresses addresses, Console console) {
        try (EventFeed events = EventFeed.fromNow(addresses.connection())) {
            Demo demo = new Demo(new DemoClient(addresses.http(), addresses.key()), events, new DemoPrinter(console));
            demo.play();
            return demo.conclude();
        }
    }

    private void play() {
        DemoScript script = new DemoScript();
        boolean ocsIsNew = isRegistered(play(script.registerForOcs()));
        boolean netXdIsNew = isRegistered(play(script.registerForNetXd()));
        play(script.activateByNetXd(netXdIsNew));
        StepOutcome suspended = play(script.suspendByOcs(ocsIsNew));
        play(script.repeatSuspension(suspended.answer()));
        play(script.propose());
        play(script.confirmWithAnotherDate());
        play(script.proposeAgain());
        play(script.cancel());
        play(script.refusedReason());
        play(script.registerSubordinates());
        play(script.suspendWithSubordinates());
        play(script.listSubordinates());
        play(script.scheduleReactivation(Instant.now().plus(SOON)));
        play(script.lookBack());
    }

    private static boolean isRegistered(StepOutcome outcome) {
        return outcome.answer().status() == 201;
    }

    private StepOutcome play(DemoStep step) {
        printer.request(outcomes.size() + 1, step);
        DemoAnswer answer = client.send(step.request());
        printer.answer(answer);
        List<SeenEvent> caused = awaitEvents(step, answer);
        Optional<Expectation> met = step.anyOf().stream()
                .filter(expected -> expected.isMetBy(answer, caused))
                .findFirst();
        StepOutcome outcome = new StepOutcome(answer, List.copyOf(caused), met);
        outcomes.add(outcome);
        printer.outcome(step, outcome);
        return outcome;
    }

    /** What the step causes, shown as it comes, up to the last event that is expected or the end of patience. */
    private List<SeenEvent> awaitEvents(DemoStep step, DemoAnswer answer) {
        List<SeenEvent> caused = new ArrayList<>();
        Predicate<SeenEvent> isCaused = causedBy(step, answer);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            for (SeenEvent event : events.next()) {
                if (isCaused.test(event)) {
                    caused.add(event);
                    printer.event(event);
                } else {
                    surplus.add(event);
                }
            }
        } while (step.anyOf().stream().anyMatch(expected -> expected.mayBeMetBy(answer, caused))
                && System.nanoTime() < deadline);
        return caused;
    }

    /** By the id of the command; NetXD's answer has no place for it. */
    private static Predicate<SeenEvent> causedBy(DemoStep step, DemoAnswer answer) {
        return answer.commandId()
                .<Predicate<SeenEvent>>map(
                        id -> seen -> seen.event().getCommandId().equals(id))
                .orElse(seen -> seen.event().getCustomerId().equals(step.customerId()));
    }

    private boolean conclude() {
        surplus.addAll(events.next());
        // Others may write meanwhile, about other customers.
        surplus.removeIf(seen -> !List.of(DemoScript.OCS_CUSTOMER, DemoScript.NETXD_CUSTOMER)
                .contains(seen.event().getCustomerId()));
        long met = outcomes.stream().filter(StepOutcome::asExpected).count();
        int caused =
                outcomes.stream().mapToInt(outcome -> outcome.events().size()).sum();
        printer.summary(met, caused, surplus);
        return met == DemoScript.STEPS && surplus.isEmpty();
    }
}
