package dev.standing.registry;

import java.util.Objects;
import java.util.UUID;

/** Names the schema that a record was written with: by the registry's id, or by its globally unique id. */
public sealed interface SchemaKey {

    /**
     * The id that one registry gave to the schema.
     *
     * @param value as framed in the record
     */
    record Id(int value) implements SchemaKey {
        @Override
        public String toString() {
            return "schema id " + value;
        }
    }

    /**
     * The id that every registry gives to the schema (Confluent 8, in record headers only).
     *
     * @param value never null
     */
    record Guid(UUID value) implements SchemaKey {

        /** Refuses null. */
        public Guid {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return "schema GUID " + value;
        }
    }
}
