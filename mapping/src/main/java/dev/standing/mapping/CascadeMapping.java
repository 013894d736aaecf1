package dev.standing.mapping;

import dev.standing.avro.store.OpenCascade;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.cascade.CascadeCount;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.serde.GeneratedClasses;
import java.util.List;

/** Cascades in the form in which they are kept, in both directions. */
public final class CascadeMapping {

    static {
        GeneratedClasses.trust();
    }

    private CascadeMapping() {}

    /** The cascades that events start, none of which has reached anything yet. */
    public static List<OpenCascade> startedBy(List<Event> events) {
        return Cascade.startedBy(events).stream()
                .map(cascade -> started(cascade, events))
                .toList();
    }

    private static OpenCascade started(Cascade cascade, List<Event> events) {
        return OpenCascade.newBuilder()
                .setCustomerId(cascade.customerId())
                .setCauseSequence(cascade.causeSequence())
                .setChangeId(cascade.changeId().orElse(null))
                .setState(StateMapping.toAvro(cascade.state()))
                .setCommandId(cascade.origin().commandId())
                .setRequestId(cascade.origin().requestId().orElse(null))
                .setSource(cascade.origin().source())
                // Events of one go have one time.
                .setStartedAt(events.get(0).recordedAt())
                .build();
    }

    /**
     * The cascade itself.
     *
     * @throws UnknownSymbolException if a later version wrote it
     */
    public static Cascade toDomain(OpenCascade open) {
        return new Cascade(
                open.getCustomerId(),
                open.getCauseSequence(),
                open.getChangeId(),
                StateMapping.toDomain(open.getState()),
                new Origin(open.getCommandId(), open.getRequestId(), open.getSource()));
    }

    /** What it has reached so far. */
    public static CascadeCount count(OpenCascade open) {
        return new CascadeCount(open.getUpdated(), open.getSkipped());
    }

    /** The cascade when it has come to a subordinate. */
    public static OpenCascade reached(OpenCascade open, Subordinate last, CascadeCount count) {
        return OpenCascade.newBuilder(open)
                .setReachedDepth(last.depth())
                .setReached(SubordinateMapping.toAvro(last.ref()))
                .setUpdated(count.updated())
                .setSkipped(count.skipped())
                .build();
    }
}
