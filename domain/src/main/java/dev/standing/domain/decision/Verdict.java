package dev.standing.domain.decision;

import dev.standing.domain.command.Rejection;
import dev.standing.domain.event.Fact;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What one rule says of an instruction. */
sealed interface Verdict {

    /** It is carried out: these facts follow. */
    record Accepted(OutcomeStatus status, List<Fact> facts) implements Verdict {}

    /** It can be carried out if the externalId is the customer's. */
    record NeedsExternalId(String externalId) implements Verdict {}

    /** It is turned down: nothing follows. */
    record Rejected(Rejection rejection) implements Verdict {}

    /** The rejection, if there is one; otherwise what follows. */
    static Verdict unless(Optional<Rejection> rejection, Supplier<Verdict> otherwise) {
        return rejection.<Verdict>map(Rejected::new).orElseGet(otherwise);
    }
}
