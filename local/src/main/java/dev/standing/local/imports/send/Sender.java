package dev.standing.local.imports.send;

import dev.standing.local.imports.input.Request;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request until it is answered: the same one, with the same requestId, so that it has its effect once. One at
 * which the gateway breaks again and again, while it answers others, counts as refused.
 */
public final class Sender {

    /** The first pause; each further one is twice as long. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    /** The longest pause, unless the gateway asks for a longer one. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** So often a request fails before it may be to blame: after some 20 seconds. */
    static final int MAX_FAILURES = 8;

    private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Gateway gateway;
    private final Patience patience;
    private final Pause pause;
    private final Halt halt;

    /** Makes one that gives up when the patience is over, and then calls the halt. */
    public Sender(Gateway gateway, Patience patience, Pause pause, Halt halt) {
        this.gateway = gateway;
        this.patience = patience;
        this.pause = pause;
        this.halt = halt;
    }

    /** The answer, which is {@code Done} or {@code Refused}; empty if all is to stop before there is one. */
    public Optional<Answer> send(Request request, String requestId) throws InterruptedException {
        long answersBefore = patience.answers();
        int failures = 0;
        Duration next = FIRST_PAUSE;
        while (!halt.isCalled()) {
            Answer answer = gateway.send(request, requestId);
            if (answer instanceof Answer.Later later) {
                waitAfter(later.why(), longer(next, later.after()));
            } else if (answer instanceof Answer.Failed failed) {
                failures++;
                if (failures >= MAX_FAILURES && patience.blames(answersBefore)) {
                    return Optional.of(refused(failed, failures));
                }
                waitAfter(failed.why(), next);
            } else if (answer instanceof Answer.Hopeless hopeless) {
                halt.call(hopeless.why());
            } else {
                patience.answered();
                return Optional.of(answer);
            }
            next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
        }
        return Optional.empty();
    }

    private void waitAfter(String why, Duration duration) throws InterruptedException {
        LOG.debug("Not answered: {}", why);
        if (patience.isOver(why)) {
            halt.call("Nothing was answered for " + patience.limit() + ": " + why);
        } else {
            pause.pause(duration);
        }
    }

    private static Answer refused(Answer.Failed failed, int failures) {
        return new Answer.Refused(failed.code(), Optional.empty(), "It failed " + failures + " times: " + failed.why());
    }

    private static Duration longer(Duration own, Optional<Duration> asked) {
        Duration bounded = shorter(asked.orElse(own), LONGEST_ASKED);
        return bounded.compareTo(own) > 0 ? bounded : own;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
