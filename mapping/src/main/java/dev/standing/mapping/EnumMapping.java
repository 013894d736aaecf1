package dev.standing.mapping;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Two enums whose constants of one name mean the same. Avro's has at least those of the domain, and {@code UNKNOWN}
 * besides; it may be ahead of the domain.
 */
final class EnumMapping<D extends Enum<D>, A extends Enum<A>> {

    private final Map<D, A> toAvro;
    private final Map<A, D> toDomain;

    /** Refuses a constant of the domain that Avro's enum does not have. */
    EnumMapping(Class<D> domain, Class<A> avro) {
        toAvro = new EnumMap<>(domain);
        toDomain = new EnumMap<>(avro);
        for (D constant : domain.getEnumConstants()) {
            A counterpart = Enum.valueOf(avro, constant.name());
            toAvro.put(constant, counterpart);
            toDomain.put(counterpart, constant);
        }
    }

    A toAvro(D constant) {
        return toAvro.get(constant);
    }

    /** Empty for a constant that the domain does not know. */
    Optional<D> toDomain(A constant) {
        return Optional.ofNullable(toDomain.get(constant));
    }
}
