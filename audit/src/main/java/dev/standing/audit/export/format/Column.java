package dev.standing.audit.export.format;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A column of the flat formats.
 *
 * @param <R> the rows
 * @param name as files have it
 * @param type what its values are
 * @param required whether every row has a value
 * @param meaning for people
 * @param value that of a row, of the type's class; never empty where it is required
 */
public record Column<R>(
        String name, ColumnType type, boolean required, String meaning, Function<R, Optional<?>> value) {

    /** Refuses nulls. */
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(value, "value");
    }

    /** A column that has a value in every row. */
    public static <R> Column<R> required(String name, ColumnType type, String meaning, Function<R, Object> value) {
        return new Column<>(name, type, true, meaning, value.andThen(Optional::of));
    }

    /** A column that has a value in some rows. */
    public static <R> Column<R> optional(String name, ColumnType type, String meaning, Function<R, Optional<?>> value) {
        return new Column<>(name, type, false, meaning, value);
    }
}
