package dev.standing.local.imports;

import dev.standing.local.imports.input.Work;
import java.util.Optional;

/** Does work. */
@FunctionalInterface
interface Registrar {

    /** What came of it; empty if all is to stop before it is done. */
    Optional<Outcome> carryOut(Work work) throws InterruptedException;
}
