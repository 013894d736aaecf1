package dev.standing.released;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * What keeps a schema from reading what a released one wrote, or the other way round, field by field. Avro's own check says that much, too, but
 * looks no further than a union, and nearly all fields here are within one; it has the last word on what is not found here.
 *
 * <p>More is refused than Avro refuses: a new namespace, another logical type, and a rename by alias, which readers of the earlier release would
 * take for a removal.
 */
final class SchemaBreaks {

    /**
     * One of them.
     *
     * @param path leads to the field, such as {@code CustomerEvent.stateChanged.stateValidFrom}; {@code []} and {@code {}} are the items of a
     *     list and of a map
     * @param record the full name of the record that has the field
     * @param what is wrong with it
     */
    record Break(String path, String record, String what) {

        @Override
        public String toString() {
            return path + " (" + record + "): " + what;
        }
    }

    private final String release;
    private final List<Break> found = new ArrayList<>();
    private final Deque<String> records = new ArrayDeque<>();

    private SchemaBreaks(String release) {
        this.release = release;
    }

    /** All of them; empty: none. */
    static List<Break> between(Schema present, ReleasedSchema released) {
        SchemaBreaks breaks = new SchemaBreaks(released.release());
        breaks.compare(present.getName(), present, released.schema());
        if (breaks.found.isEmpty()) {
            breaks.askAvro(present, released.schema(), "release " + released.release() + " cannot be read now");
            breaks.askAvro(released.schema(), present, "what is written now cannot be read by " + released.release());
        }
        return List.copyOf(breaks.found);
    }

    private void askAvro(Schema reader, Schema writer, String consequence) {
        for (Incompatibility reason : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            found.add(new Break(
                    path(reader, reason.getLocation()),
                    reader.getFullName(),
                    consequence + ": " + reason.getType() + ", " + reason.getMessage()));
        }
    }

    /** The names of the fields that a location in Avro's words, such as {@code /fields/3/type/1}, goes through. */
    static String path(Schema schema, String location) {
        StringBuilder path = new StringBuilder(schema.getName());
        Schema at = schema;
        String[] steps = location.split("/", -1);
        for (int i = 1; i < steps.length; i++) {
            switch (steps[i]) {
                case "fields" -> {
                    if (i + 1 < steps.length) {
                        Field field = at.getFields().get(Integer.parseInt(steps[++i]));
                        path.append('.').append(field.name());
                        at = field.schema();
                    }
                }
                case "items" -> {
                    path.append("[]");
                    at = at.getElementType();
                }
                case "values" -> {
                    path.append("{}");
                    at = at.getValueType();
                }
                default -> {
                    if (at.isUnion() && steps[i].matches("\\d+")) {
                        at = at.getTypes().get(Integer.parseInt(steps[i]));
                    }
                }
            }
        }
        return path.toString();
    }

    private void add(String path, String what) {
        found.add(new Break(path, records.isEmpty() ? "itself" : records.peek(), what));
    }

    private void compare(String path, Schema present, Schema released) {
        List<Schema> now = types(present);
        List<Schema> then = types(released);
        if (present.isNullable() && !released.isNullable()) {
            add(path, "it may be null now, which readers of release " + release + " do not expect");
        }
        if (!present.isNullable() && released.isNullable()) {
            add(path, "it may not be null any longer, but was in what release " + release + " wrote");
        }
        if (now.size() == 1 && then.size() == 1) {
            compareTypes(path, now.get(0), then.get(0));
        } else {
            compareBranches(path, now, then);
        }
    }

    /** What it can be beside null. */
    private static List<Schema> types(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .toList()
                : List.of(schema);
    }

    private void compareBranches(String path, List<Schema> present, List<Schema> released) {
        for (Schema now : present) {
            released.stream()
                    .filter(then -> then.getFullName().equals(now.getFullName()))
                    .findFirst()
                    .ifPresentOrElse(
                            then -> compareTypes(path, now, then),
                            () -> add(
                                    path,
                                    "it can be " + name(now) + " now, which readers of release " + release
                                            + " do not know"));
        }
        released.stream()
                .filter(then ->
                        present.stream().noneMatch(now -> now.getFullName().equals(then.getFullName())))
                .forEach(then ->
                        add(path, "it cannot be " + name(then) + " any longer, as release " + release + " wrote"));
    }

    private void compareTypes(String path, Schema present, Schema released) {
        if (present.getType() != released.getType()) {
            add(
                    path,
                    "its type was " + name(released) + " in release " + release + " and is " + name(present) + " now");
            return;
        }
        String logical = logicalType(present);
        if (!logical.equals(logicalType(released))) {
            add(
                    path,
                    "its logical type was " + logicalType(released) + " in release " + release + " and is " + logical
                            + " now");
        }
        switch (present.getType()) {
            case RECORD -> compareRecords(path, present, released);
            case ENUM -> compareEnums(path, present, released);
            case FIXED -> compareFixed(path, present, released);
            case ARRAY -> compare(path + "[]", present.getElementType(), released.getElementType());
            case MAP -> compare(path + "{}", present.getValueType(), released.getValueType());
            default -> {
                // Has nothing in it.
            }
        }
    }

    private static String name(Schema schema) {
        return schema.getFullName();
    }

    private static String logicalType(Schema schema) {
        return Optional.ofNullable(schema.getLogicalType())
                .map(LogicalType::getName)
                .orElse("none");
    }

    private void compareNames(String path, Schema present, Schema released) {
        if (!present.getFullName().equals(released.getFullName())) {
            add(
                    path,
                    "the name of its type was " + name(released) + " in release " + release + " and is " + name(present)
                            + " now");
        }
    }

    private void compareRecords(String path, Schema present, Schema released) {
        compareNames(path, present, released);
        if (records.contains(present.getFullName())) {
            return;
        }
        records.push(present.getFullName());
        for (Field field : released.getFields()) {
            String fieldPath = path + "." + field.name();
            Field now = present.getField(field.name());
            if (now != null) {
                compare(fieldPath, now.schema(), field.schema());
            } else {
                missing(fieldPath, present, field);
            }
        }
        for (Field field : present.getFields()) {
            boolean isNew = released.getField(field.name()) == null;
            if (isNew && !field.hasDefaultValue()) {
                add(
                        path + "." + field.name(),
                        "the field is new and has no default, so that what release " + release
                                + " wrote cannot be read");
            }
        }
        records.pop();
    }

    private void missing(String path, Schema present, Field released) {
        Optional<Field> renamed = present.getFields().stream()
                .filter(field -> field.aliases().contains(released.name()))
                .findFirst();
        if (renamed.isPresent()) {
            add(
                    path,
                    "the name was changed to " + renamed.get().name() + ", which readers of release " + release
                            + " do not find");
        } else if (!released.hasDefaultValue()) {
            add(path, "the field was removed, and readers of release " + release + " have no default for it");
        }
    }

    private void compareEnums(String path, Schema present, Schema released) {
        compareNames(path, present, released);
        List<String> removed = without(released.getEnumSymbols(), present.getEnumSymbols());
        if (!removed.isEmpty() && present.getEnumDefault() == null) {
            add(
                    path,
                    "the symbols " + removed + " were removed from " + name(present)
                            + ", which has no default symbol to read them as");
        }
        List<String> added = without(present.getEnumSymbols(), released.getEnumSymbols());
        if (!added.isEmpty() && released.getEnumDefault() == null) {
            add(
                    path,
                    "the symbols " + added + " were added to " + name(present)
                            + ", which had no default symbol in release " + release + " to read them as");
        }
        if (released.getEnumDefault() != null && present.getEnumDefault() == null) {
            add(
                    path,
                    "the default symbol " + released.getEnumDefault() + " was removed from " + name(present)
                            + ", so that no symbol can be added or removed again");
        }
    }

    private static List<String> without(List<String> symbols, List<String> others) {
        return Stream.of(symbols)
                .flatMap(List::stream)
                .filter(symbol -> !others.contains(symbol))
                .toList();
    }

    private void compareFixed(String path, Schema present, Schema released) {
        compareNames(path, present, released);
        if (present.getFixedSize() != released.getFixedSize()) {
            add(
                    path,
                    "it had " + released.getFixedSize() + " bytes in release " + release + " and has "
                            + present.getFixedSize() + " now");
        }
    }
}
