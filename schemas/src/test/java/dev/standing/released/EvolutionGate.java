package dev.standing.released;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Holds the present schemas against those of all releases. */
final class EvolutionGate {

    private EvolutionGate() {}

    /**
     * What is wrong with the present schemas, in words for whoever changed one.
     *
     * @param present by subject
     * @param released of all releases
     * @param announced the subjects that are said to be new
     * @return empty if every release reads what the present one writes, and the other way round
     */
    static List<String> objections(Map<String, Schema> present, List<ReleasedSchema> released, Set<String> announced) {
        List<String> objections = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (ReleasedSchema schema : released) {
            boolean isFirst = known.add(schema.subject());
            Schema now = present.get(schema.subject());
            if (now != null) {
                SchemaBreaks.between(now, schema)
                        .forEach(reason -> objections.add(
                                schema.subject() + " breaks release " + schema.release() + " at " + reason));
            } else if (isFirst) {
                objections.add(schema.subject() + " was in release " + schema.release() + " and is gone");
            }
        }
        for (String subject : present.keySet()) {
            if (!known.contains(subject) && !announced.contains(subject)) {
                objections.add(subject + " is in no release: if it is new, say so in schemas/src/released/NEW");
            }
        }
        for (String subject : announced) {
            if (known.contains(subject)) {
                objections.add(subject + " is not new, as schemas/src/released/NEW says: a release has it");
            } else if (!present.containsKey(subject)) {
                objections.add(subject + " is in schemas/src/released/NEW and nowhere else");
            }
        }
        return List.copyOf(objections);
    }
}
