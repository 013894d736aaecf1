package dev.standing.mapping;

import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.serde.GeneratedClasses;
import java.time.Instant;
import java.util.Optional;

/** Subordinates and their names, in both directions, and the updates that a cascade makes of them. */
public final class SubordinateMapping {

    static final EnumMapping<SubordinateType, dev.standing.avro.SubordinateType> TYPES =
            new EnumMapping<>(SubordinateType.class, dev.standing.avro.SubordinateType.class);

    static {
        GeneratedClasses.trust();
    }

    private SubordinateMapping() {}

    /** The Avro form of a name. */
    public static dev.standing.avro.SubordinateRef toAvro(SubordinateRef ref) {
        return new dev.standing.avro.SubordinateRef(TYPES.toAvro(ref.type()), ref.id());
    }

    /** The Avro form of a subordinate, as others see it: without what only the processor needs. */
    public static dev.standing.avro.Subordinate toAvro(Subordinate subordinate) {
        return toAvro(subordinate.ref(), subordinate.parent(), subordinate.state(), Optional.of(subordinate.reason()));
    }

    static dev.standing.avro.Subordinate toAvro(
            SubordinateRef ref, Optional<SubordinateRef> parent, CustomerState state, Optional<String> reason) {
        return new dev.standing.avro.Subordinate(
                TYPES.toAvro(ref.type()),
                ref.id(),
                parent.map(SubordinateMapping::toAvro).orElse(null),
                StateMapping.STATES.toAvro(state),
                reason.orElse(null));
    }

    /**
     * The name of an Avro record.
     *
     * @throws UnknownSymbolException if a later version wrote it
     */
    public static SubordinateRef toDomain(dev.standing.avro.SubordinateRef ref) {
        return ref(ref.getType(), ref.getId());
    }

    /**
     * The subordinate of an Avro record, and of what only the processor keeps of it.
     *
     * @param depth as in {@link Subordinate}
     * @param registeredSequence as in {@link Subordinate}
     * @param children as in {@link Subordinate}
     * @throws UnknownSymbolException if a later version wrote it
     * @throws IllegalArgumentException if it has no reason: only a command can leave that open
     */
    public static Subordinate toDomain(
            dev.standing.avro.Subordinate subordinate, int depth, long registeredSequence, int children) {
        return new Subordinate(
                ref(subordinate),
                parent(subordinate),
                depth,
                state(subordinate),
                reason(subordinate),
                registeredSequence,
                children);
    }

    /**
     * The update that a subordinate gets.
     *
     * @param cascade what reached it
     * @param reached as it was when it was reached
     * @param recordedAt when that was
     */
    public static SubordinateUpdate toUpdate(Cascade cascade, Subordinate reached, Instant recordedAt) {
        return SubordinateUpdate.newBuilder()
                .setUpdateId(cascade.updateId(reached))
                .setCustomerId(cascade.customerId())
                .setSubordinateType(TYPES.toAvro(reached.ref().type()))
                .setId(reached.ref().id())
                .setParent(reached.parent().map(SubordinateMapping::toAvro).orElse(null))
                .setState(StateMapping.toAvro(cascade.state()))
                .setCauseEventId(cascade.causeEventId())
                .setCauseSequence(cascade.causeSequence())
                .setChangeId(cascade.changeId().orElse(null))
                .setRecordedAt(recordedAt)
                .build();
    }

    static SubordinateRef ref(dev.standing.avro.SubordinateType type, String id) {
        return new SubordinateRef(
                TYPES.toDomain(type).orElseThrow(() -> new UnknownSymbolException("type of subordinate " + type)), id);
    }

    static SubordinateRef ref(dev.standing.avro.Subordinate subordinate) {
        return ref(subordinate.getType(), subordinate.getId());
    }

    static Optional<SubordinateRef> parent(dev.standing.avro.Subordinate subordinate) {
        return subordinate.getParent().map(SubordinateMapping::toDomain);
    }

    static CustomerState state(dev.standing.avro.Subordinate subordinate) {
        return StateMapping.STATES
                .toDomain(subordinate.getState())
                .orElseThrow(() -> new UnknownSymbolException("state " + subordinate.getState()));
    }

    static String reason(dev.standing.avro.Subordinate subordinate) {
        return subordinate
                .getStateReason()
                .orElseThrow(() -> new IllegalArgumentException(
                        subordinate.getType() + " " + subordinate.getId() + " has no reason for its state"));
    }
}
