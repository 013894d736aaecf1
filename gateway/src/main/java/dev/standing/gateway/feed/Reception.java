package dev.standing.gateway.feed;

import dev.standing.gateway.feed.Admission.Admitted;
import dev.standing.gateway.feed.Admission.Refused;
import dev.standing.gateway.feed.EventLog.Extent;
import dev.standing.gateway.http.OpenStream;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may follow, and from where. Safe for use by many threads, none of which it holds. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final String HEADER = "Last-Event-ID";
    private static final String EARLIEST = "earliest";

    private final EventLog log;
    private final RecentEvents recent;
    private final Followers followers;
    private final BiFunction<FeedPosition, Interest, Consumer<OpenStream>> entrance;

    /**
     * Makes one.
     *
     * @param entrance what lets somebody in who may follow
     */
    Reception(
            EventLog log,
            RecentEvents recent,
            Followers followers,
            BiFunction<FeedPosition, Interest, Consumer<OpenStream>> entrance) {
        this.log = log;
        this.recent = recent;
        this.followers = followers;
        this.entrance = entrance;
    }

    /** Decides on one, as {@link EventFeed#admit} tells. */
    CompletableFuture<Admission> admit(Optional<String> lastEventId, Optional<String> customerId) {
        if (followers.isFull()) {
            return done(unavailable("As many clients follow the feed as may. Try again later."));
        }
        Interest interest = customerId
                .map(customer -> Interest.inCustomer(customer, log.partitions()))
                .orElseGet(Interest::inEverything);
        if (lastEventId.isEmpty()) {
            return fromNow(interest);
        }
        if (lastEventId.get().equals(EARLIEST)) {
            return asked(extent -> admitted(extent.first(), interest));
        }
        return FeedPosition.parse(lastEventId.get(), log.partitions())
                .map(position -> from(position, interest))
                .orElseGet(() -> done(invalid("It must be the id of an event of this feed, or " + EARLIEST + ".")));
    }

    private CompletableFuture<Admission> fromNow(Interest interest) {
        return recent.head()
                .map(head -> done(admitted(head, interest)))
                .orElseGet(() -> asked(extent -> admitted(extent.end(), interest)));
    }

    /** What lies between recent events is certainly in the log; about anything else the log is asked. */
    private CompletableFuture<Admission> from(FeedPosition position, Interest interest) {
        boolean known = recent.join(position, Interest.inEverything()).isPresent()
                && recent.head()
                        .map(head -> head.reaches(position, Interest.inEverything()))
                        .orElse(false);
        return known
                ? done(admitted(position, interest))
                : asked(extent -> isWithin(extent, position, interest).orElseGet(() -> admitted(position, interest)));
    }

    private static Optional<Admission> isWithin(Extent extent, FeedPosition position, Interest interest) {
        if (!extent.end().reaches(position, Interest.inEverything())) {
            return Optional.of(invalid("It lies beyond the end of the log: it is not of this feed."));
        }
        if (!position.reaches(extent.first(), interest)) {
            return Optional.of(invalid("Events that came after it are not kept any more. Go on from " + EARLIEST
                    + " to get those that are, or without the header from now."));
        }
        return Optional.empty();
    }

    private CompletableFuture<Admission> asked(Function<Extent, Admission> answer) {
        // A log that is closed refuses at once, and not through the future.
        CompletableFuture<Extent> extent =
                CompletableFuture.completedFuture(log).thenCompose(EventLog::extent);
        return extent.thenApply(answer).exceptionally(failure -> {
            LOG.warn("Kafka does not tell where the log of events begins and ends", failure);
            return unavailable("Kafka does not answer now. Try again later.");
        });
    }

    private Admission admitted(FeedPosition position, Interest interest) {
        return new Admitted(entrance.apply(position, interest));
    }

    private static Admission invalid(String detail) {
        return new Refused(
                Problem.of(ProblemCode.INVALID_REQUEST, HEADER + ": " + detail).blaming(Optional.of(HEADER)));
    }

    private static Admission unavailable(String detail) {
        return new Refused(Problem.of(ProblemCode.UNAVAILABLE, detail));
    }

    private static CompletableFuture<Admission> done(Admission admission) {
        return CompletableFuture.completedFuture(admission);
    }
}
