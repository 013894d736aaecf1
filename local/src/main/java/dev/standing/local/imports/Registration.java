package dev.standing.local.imports;

import dev.standing.local.imports.input.Request;
import dev.standing.local.imports.input.SourceLine;
import dev.standing.local.imports.input.Work;
import dev.standing.local.imports.send.Answer;
import dev.standing.local.imports.send.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Registers customers and subordinates through a gateway. A customer's subordinates are sent once it is in, list after
 * list, and no more of them once a list is refused.
 */
final class Registration implements Registrar {

    private static final String INVALID_REQUEST = "INVALID_REQUEST";
    /** Another request cannot have another answer. */
    private static final Set<String> FINAL = Set.of("ALREADY_REGISTERED", "EXTERNAL_ID_TAKEN");

    private final Sender sender;
    private final Optional<String> again;

    /**
     * Makes one.
     *
     * @param again what is refused is asked once more, under a requestId that this is part of; empty: it is not
     */
    Registration(Sender sender, Optional<String> again) {
        this.sender = sender;
        this.again = again;
    }

    @Override
    public Optional<Outcome> carryOut(Work work) throws InterruptedException {
        if (work instanceof Work.Customer customer) {
            return customer(customer);
        }
        if (work instanceof Work.Subordinates subordinates) {
            return together(subordinates);
        }
        return Optional.of(unusable((Work.Unusable) work));
    }

    /** What comes of a line that cannot be sent. */
    static Outcome unusable(Work.Unusable work) {
        return Outcome.refused(
                Counts.NONE,
                List.of(new Refusal(work.line(), work.customerId(), INVALID_REQUEST, work.field(), work.message())));
    }

    private Optional<Outcome> customer(Work.Customer work) throws InterruptedException {
        List<Request> requests = new ArrayList<>();
        requests.add(work.registration());
        requests.addAll(work.subordinates());
        Counts counts = Counts.NONE;
        int before = 0;
        for (Request request : requests) {
            Optional<Answer> answer = send(request);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            if (answer.get() instanceof Answer.Refused refused) {
                return Optional.of(
                        Outcome.refused(counts, List.of(refusal(work.line(), work.customerId(), refused, before))));
            }
            counts = counts.plus(counts(request, answer.get()));
            before += request.subordinates();
        }
        return Optional.of(new Outcome(counts, List.of()));
    }

    private Optional<Outcome> together(Work.Subordinates work) throws InterruptedException {
        Optional<Answer> answer = send(work.together());
        if (answer.isPresent() && answer.get() instanceof Answer.Refused) {
            // One bad line refuses the whole list: line by line, only the bad ones are left out.
            return oneByOne(work);
        }
        return answer.map(done -> new Outcome(counts(work.together(), done), List.of()));
    }

    private Optional<Outcome> oneByOne(Work.Subordinates work) throws InterruptedException {
        Counts counts = Counts.NONE;
        List<Refusal> refusals = new ArrayList<>();
        for (Work.SubordinateLine line : work.lines()) {
            Optional<Answer> answer = send(line.alone());
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            if (answer.get() instanceof Answer.Refused refused) {
                refusals.add(refusal(line.line(), work.customerId(), refused, 0));
            } else {
                counts = counts.plus(counts(line.alone(), answer.get()));
            }
        }
        return Optional.of(Outcome.refused(counts, refusals));
    }

    private Optional<Answer> send(Request request) throws InterruptedException {
        Optional<Answer> first = sender.send(request, request.requestId(""));
        if (again.isPresent()
                && first.isPresent()
                && first.get() instanceof Answer.Refused refused
                && !FINAL.contains(refused.code())) {
            return sender.send(request, request.requestId(again.get()));
        }
        return first;
    }

    private static Counts counts(Request request, Answer answer) {
        boolean customer = request.subordinates() == 0;
        if (((Answer.Done) answer).replayed()) {
            return new Counts(0, 0, customer ? 1 : request.subordinates(), 0);
        }
        return new Counts(customer ? 1 : 0, request.subordinates(), 0, 0);
    }

    private static Refusal refusal(SourceLine line, String customerId, Answer.Refused refused, int before) {
        String where = before == 0 ? "" : " (counted from subordinate " + before + " of the line on)";
        return new Refusal(line, Optional.of(customerId), refused.code(), refused.field(), refused.message() + where);
    }
}
