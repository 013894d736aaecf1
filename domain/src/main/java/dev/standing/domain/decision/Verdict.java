package dev.standing.domain.decision;

import dev.standing.domain.command.Rejection;
import dev.standing.domain.event.Fact;
import java.util.List;

/** What one rule says of an instruction. */
sealed interface Verdict {

    /** It is carried out: these facts follow. */
    record Accepted(OutcomeStatus status, List<Fact> facts) implements Verdict {}

    /** It is turned down: nothing follows. */
    record Rejected(Rejection rejection) implements Verdict {}
}
