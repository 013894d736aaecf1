package dev.standing.embedded.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Applies a {@link CompatibilityLevel} to a new schema, and says in words what breaks it. */
final class CompatibilityCheck {

    /**
     * An earlier version to compare with.
     *
     * @param number its version
     * @param schema its schema
     */
    record Earlier(int number, Schema schema) {}

    private final CompatibilityLevel level;

    CompatibilityCheck(CompatibilityLevel level) {
        this.level = level;
    }

    /**
     * What in the new schema breaks the rule, against each of the versions given.
     *
     * @return a sentence each, with the rule, the version and the field; empty if the schema is compatible
     */
    List<String> violations(Schema candidate, List<Earlier> versions) {
        List<String> violations = new ArrayList<>();
        for (Earlier earlier : versions) {
            String old = "version " + earlier.number();
            if (level.newReadsOld()) {
                violations.addAll(cannotRead(candidate, "the new schema", earlier.schema(), old));
            }
            if (level.oldReadsNew()) {
                violations.addAll(cannotRead(earlier.schema(), old, candidate, "the new schema"));
            }
        }
        return List.copyOf(violations);
    }

    private List<String> cannotRead(Schema reader, String readerName, Schema writer, String writerName) {
        return findings(reader, writer, "", Set.of()).stream()
                .map(finding -> "%s: %s cannot read data of %s: %s".formatted(level, readerName, writerName, finding))
                .toList();
    }

    /**
     * What keeps the reader from reading the writer's data.
     *
     * @param path the names of the fields that lead to both schemas
     * @param above the unions' types that lead to both schemas: types may contain each other
     */
    private static List<String> findings(Schema reader, Schema writer, String path, Set<String> above) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        List<String> findings = new ArrayList<>();
        for (Incompatibility each : pair.getResult().getIncompatibilities()) {
            String field = path + String.join("", SchemaPath.names(reader, each.getLocation()));
            List<String> inside = each.getType() == SchemaIncompatibilityType.MISSING_UNION_BRANCH
                    ? findingsInBranches(each, field, above)
                    : List.of();
            if (inside.isEmpty()) {
                findings.add("%s: %s: %s".formatted(place(reader, field), each.getType(), reason(each)));
            } else {
                findings.addAll(inside);
            }
        }
        return findings;
    }

    /** Avro reports that a branch does not fit, and not the field of the branch because of which it does not. */
    private static List<String> findingsInBranches(Incompatibility union, String path, Set<String> above) {
        List<String> findings = new ArrayList<>();
        for (Schema writer : branches(union.getWriterFragment())) {
            for (Schema reader : branches(union.getReaderFragment())) {
                String name = reader.getFullName();
                if (name.equals(writer.getFullName()) && !above.contains(name)) {
                    Set<String> here = new HashSet<>(above);
                    here.add(name);
                    findings.addAll(findings(reader, writer, path, here));
                }
            }
        }
        return findings;
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }

    private static String place(Schema reader, String field) {
        return field.isEmpty() ? "type '" + reader.getFullName() + "'" : "field '" + field.substring(1) + "'";
    }

    private static String reason(Incompatibility each) {
        return switch (each.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE -> "the field is missing in the data and has no default";
            case MISSING_ENUM_SYMBOLS -> "symbols " + each.getMessage() + " are unknown and the enum has no default";
            case NAME_MISMATCH, FIXED_SIZE_MISMATCH, TYPE_MISMATCH, MISSING_UNION_BRANCH -> each.getMessage();
        };
    }
}
