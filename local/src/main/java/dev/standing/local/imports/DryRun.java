package dev.standing.local.imports;

import dev.standing.local.imports.input.Request;
import dev.standing.local.imports.input.Work;
import java.util.List;
import java.util.Optional;

/** Sends nothing: takes what could be sent as registered. */
final class DryRun implements Registrar {

    @Override
    public Optional<Outcome> carryOut(Work work) {
        if (work instanceof Work.Customer customer) {
            long subordinates = customer.subordinates().stream()
                    .mapToLong(Request::subordinates)
                    .sum();
            return Optional.of(new Outcome(new Counts(1, subordinates, 0, 0), List.of()));
        }
        if (work instanceof Work.Subordinates subordinates) {
            return Optional.of(new Outcome(new Counts(0, subordinates.lines().size(), 0, 0), List.of()));
        }
        return Optional.of(Registration.unusable((Work.Unusable) work));
    }
}
