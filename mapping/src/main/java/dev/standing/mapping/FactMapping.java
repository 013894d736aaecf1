package dev.standing.mapping;

import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import java.util.Optional;
import java.util.TreeMap;

/** The particulars of events, in both directions. */
final class FactMapping {

    private static final EnumMapping<ChangeCause, dev.standing.avro.ChangeCause> CAUSES =
            new EnumMapping<>(ChangeCause.class, dev.standing.avro.ChangeCause.class);
    private static final EnumMapping<CancelCause, dev.standing.avro.CancelCause> CANCEL_CAUSES =
            new EnumMapping<>(CancelCause.class, dev.standing.avro.CancelCause.class);

    private FactMapping() {}

    static dev.standing.avro.CustomerRegistered toAvro(CustomerRegistered registered) {
        return new dev.standing.avro.CustomerRegistered(
                registered.externalId().orElse(null),
                StateMapping.toAvro(registered.state()),
                new TreeMap<>(registered.attributes()));
    }

    static dev.standing.avro.StateChanged toAvro(StateChanged changed) {
        return new dev.standing.avro.StateChanged(
                StateMapping.toAvro(changed.before()),
                StateMapping.toAvro(changed.after()),
                CAUSES.toAvro(changed.cause()),
                changed.changeId().orElse(null),
                changed.notes().orElse(null),
                changed.cascade());
    }

    static dev.standing.avro.ChangeScheduled toAvro(ChangeScheduled scheduled) {
        return new dev.standing.avro.ChangeScheduled(
                scheduled.changeId(),
                StateMapping.toAvro(scheduled.change()),
                scheduled.subordinateUpdated(),
                scheduled.notes().orElse(null));
    }

    static dev.standing.avro.ChangeProposed toAvro(ChangeProposed proposed) {
        return new dev.standing.avro.ChangeProposed(
                proposed.changeId(),
                StateMapping.toAvro(proposed.change()),
                proposed.subordinateUpdated(),
                proposed.notes().orElse(null));
    }

    static dev.standing.avro.ChangeConfirmed toAvro(ChangeConfirmed confirmed) {
        return new dev.standing.avro.ChangeConfirmed(
                confirmed.changeId(),
                StateMapping.toAvro(confirmed.change()),
                confirmed.proposedValidFrom(),
                confirmed.subordinateUpdated(),
                CAUSES.toAvro(confirmed.cause()),
                confirmed.notes().orElse(null));
    }

    static dev.standing.avro.ChangeCancelled toAvro(ChangeCancelled cancelled) {
        return new dev.standing.avro.ChangeCancelled(
                cancelled.changeId(),
                StateMapping.toAvro(cancelled.change()),
                CANCEL_CAUSES.toAvro(cancelled.cause()),
                cancelled.notes().orElse(null));
    }

    static dev.standing.avro.ChangeFailed toAvro(ChangeFailed failed) {
        return new dev.standing.avro.ChangeFailed(
                failed.changeId(),
                StateMapping.toAvro(failed.change()),
                RejectionCodes.MAPPING.toAvro(failed.code()),
                failed.message());
    }

    static dev.standing.avro.PendingOverdue toAvro(PendingOverdue overdue) {
        return new dev.standing.avro.PendingOverdue(overdue.changeId(), StateMapping.toAvro(overdue.change()));
    }

    static dev.standing.avro.SubordinateRegistered toAvro(SubordinateRegistered registered) {
        return new dev.standing.avro.SubordinateRegistered(SubordinateMapping.toAvro(
                registered.ref(), registered.parent(), registered.state(), Optional.of(registered.reason())));
    }

    static dev.standing.avro.SubordinateRemoved toAvro(SubordinateRemoved removed) {
        return new dev.standing.avro.SubordinateRemoved(
                SubordinateMapping.TYPES.toAvro(removed.ref().type()),
                removed.ref().id());
    }

    static dev.standing.avro.CascadeCompleted toAvro(CascadeCompleted completed) {
        return new dev.standing.avro.CascadeCompleted(
                completed.causeSequence(), completed.changeId().orElse(null), completed.updated(), completed.skipped());
    }

    static CustomerRegistered toDomain(dev.standing.avro.CustomerRegistered registered) {
        return new CustomerRegistered(
                registered.getExternalId(), StateMapping.toDomain(registered.getState()), registered.getAttributes());
    }

    static StateChanged toDomain(dev.standing.avro.StateChanged changed) {
        return new StateChanged(
                StateMapping.toDomain(changed.getBefore()),
                StateMapping.toDomain(changed.getAfter()),
                cause(changed.getCause()),
                changed.getChangeId(),
                changed.getNotes(),
                changed.getCascade());
    }

    static ChangeScheduled toDomain(dev.standing.avro.ChangeScheduled scheduled) {
        return new ChangeScheduled(
                scheduled.getChangeId(),
                StateMapping.toDomain(scheduled.getChange()),
                scheduled.getSubordinateUpdated(),
                scheduled.getNotes());
    }

    static ChangeProposed toDomain(dev.standing.avro.ChangeProposed proposed) {
        return new ChangeProposed(
                proposed.getChangeId(),
                StateMapping.toDomain(proposed.getChange()),
                proposed.getSubordinateUpdated(),
                proposed.getNotes());
    }

    static ChangeConfirmed toDomain(dev.standing.avro.ChangeConfirmed confirmed) {
        return new ChangeConfirmed(
                confirmed.getChangeId(),
                StateMapping.toDomain(confirmed.getChange()),
                confirmed.getProposedValidFrom(),
                confirmed.getSubordinateUpdated(),
                cause(confirmed.getCause()),
                confirmed.getNotes());
    }

    static ChangeCancelled toDomain(dev.standing.avro.ChangeCancelled cancelled) {
        CancelCause cause = CANCEL_CAUSES
                .toDomain(cancelled.getCause())
                .orElseThrow(() -> new UnknownSymbolException("cause " + cancelled.getCause()));
        return new ChangeCancelled(
                cancelled.getChangeId(), StateMapping.toDomain(cancelled.getChange()), cause, cancelled.getNotes());
    }

    static ChangeFailed toDomain(dev.standing.avro.ChangeFailed failed) {
        return new ChangeFailed(
                failed.getChangeId(),
                StateMapping.toDomain(failed.getChange()),
                RejectionCodes.MAPPING
                        .toDomain(failed.getCode())
                        .orElseThrow(() -> new UnknownSymbolException("code " + failed.getCode())),
                failed.getMessage());
    }

    static PendingOverdue toDomain(dev.standing.avro.PendingOverdue overdue) {
        return new PendingOverdue(overdue.getChangeId(), StateMapping.toDomain(overdue.getChange()));
    }

    static SubordinateRegistered toDomain(dev.standing.avro.SubordinateRegistered registered) {
        dev.standing.avro.Subordinate subordinate = registered.getSubordinate();
        return new SubordinateRegistered(
                SubordinateMapping.ref(subordinate),
                SubordinateMapping.parent(subordinate),
                SubordinateMapping.state(subordinate),
                SubordinateMapping.reason(subordinate));
    }

    static SubordinateRemoved toDomain(dev.standing.avro.SubordinateRemoved removed) {
        return new SubordinateRemoved(SubordinateMapping.ref(removed.getSubordinateType(), removed.getId()));
    }

    static CascadeCompleted toDomain(dev.standing.avro.CascadeCompleted completed) {
        return new CascadeCompleted(
                completed.getCauseSequence(), completed.getChangeId(), completed.getUpdated(), completed.getSkipped());
    }

    private static ChangeCause cause(dev.standing.avro.ChangeCause cause) {
        return CAUSES.toDomain(cause).orElseThrow(() -> new UnknownSymbolException("cause " + cause));
    }
}
