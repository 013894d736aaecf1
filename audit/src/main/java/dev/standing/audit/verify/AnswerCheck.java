package dev.standing.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.log.Place;
import dev.standing.avro.Sha256;
import dev.standing.domain.customer.Customer;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.json.CustomerJson;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Asks about the customers of a partition, some at the same time, and holds the answers against what the events made of
 * them. A question is about the time of the customer's last event, so that later ones change nothing; but those of the
 * same millisecond do, and are told by their version.
 */
final class AnswerCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARALLEL = 16;
    private static final Sha256 ANY = new Sha256(new byte[32]);

    private final Answers answers;
    private final Names names;
    private final int partition;
    private final Findings findings;
    private AnswerCounts counts = AnswerCounts.NONE;

    AnswerCheck(Answers answers, Names names, int partition, Findings findings) {
        this.answers = answers;
        this.names = names;
        this.partition = partition;
        this.findings = findings;
    }

    /**
     * Asks about those that were folded.
     *
     * @param most about how many; evenly spread over all
     */
    AnswerCounts check(PartitionFold fold, OptionalLong most) {
        ThreadPoolExecutor askers = new ThreadPoolExecutor(
                PARALLEL,
                PARALLEL,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(PARALLEL),
                runnable -> {
                    Thread thread = new Thread(runnable, "audit-answers");
                    thread.setDaemon(true);
                    return thread;
                },
                new CallerRunsPolicy());
        try {
            long all = Math.max(1, fold.customers());
            long wanted = Math.min(all, most.orElse(all));
            long[] index = {0};
            fold.forEach((customerId, track) -> {
                boolean isChosen = index[0] * wanted / all != (index[0] + 1) * wanted / all;
                index[0] += track.seen() ? 1 : 0;
                if (!track.seen() || !isChosen) {
                    return;
                }
                if (track.folded().isPresent()) {
                    askers.execute(() -> check(customerId, track));
                } else {
                    count(AnswerCounts.UNFOLDED);
                }
            });
            askers.shutdown();
            askers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            return counts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } finally {
            askers.shutdownNow();
        }
    }

    private void check(String customerId, Track track) {
        Customer folded = track.folded().orElseThrow().customer();
        try {
            note(customerId, track, folded, answers.ask(customerId, folded.recordedAt()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String customerId, Track track, Customer folded, Answers.Answer answer) {
        if (answer instanceof Answers.Answer.Told told) {
            hold(customerId, track, folded, told.customer());
        } else if (answer instanceof Answers.Answer.Refused refused) {
            count(AnswerCounts.ASKED);
            differs(customerId, track, refused.why());
        } else {
            count(AnswerCounts.UNASKED);
        }
    }

    private void hold(String customerId, Track track, Customer folded, JsonNode told) {
        if (told.path("version").asLong() > folded.sequence()) {
            count(AnswerCounts.LATER);
            return;
        }
        count(AnswerCounts.ASKED);
        ObjectNode expected = CustomerJson.of(CustomerMapping.toAvro(folded, ANY));
        // Numbers of one value may be of several types in a tree, but not in one that was read.
        if (!read(expected.toString()).equals(read(told.toString()))) {
            differs(customerId, track, "It answers " + told + ", and the events say " + expected + ".");
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree as text is JSON", e);
        }
    }

    private synchronized void count(AnswerCounts more) {
        counts = counts.plus(more);
    }

    private synchronized void differs(String customerId, Track track, String detail) {
        findings.add(new Finding(
                FindingKind.ANSWER_DIFFERS,
                Optional.of(customerId),
                OptionalLong.of(track.sequence()),
                names.event(new Place(partition, track.offset())),
                Optional.empty(),
                detail));
    }
}
