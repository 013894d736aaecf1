package dev.standing.gateway.request;

import dev.standing.domain.command.CommandField;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the members of a command are called in the API that it came through. Immutable. */
public final class FieldPaths {

    private final Map<CommandField, String> paths;

    private FieldPaths(Map<CommandField, String> paths) {
        this.paths = paths;
    }

    /** Paths by member; a member without one cannot be blamed on the client. */
    public static FieldPaths of(Map<CommandField, String> paths) {
        return new FieldPaths(new EnumMap<>(paths));
    }

    /** The path of a member; empty if the API has none for it. */
    public Optional<String> of(CommandField field) {
        return Optional.ofNullable(paths.get(field));
    }

    /** The path of a member by the name that a result gives; empty if the API has none for it. */
    public Optional<String> named(String fieldName) {
        return CommandField.named(fieldName).flatMap(this::of);
    }

    /** These paths with that of one member replaced. */
    public FieldPaths with(CommandField field, String path) {
        Map<CommandField, String> changed = new EnumMap<>(paths);
        changed.put(field, path);
        return new FieldPaths(changed);
    }
}
