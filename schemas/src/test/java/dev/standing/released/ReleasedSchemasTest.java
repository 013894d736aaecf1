package dev.standing.released;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.serde.StoredValues;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every release reads what every other wrote, and what was released stays as it was. */
class ReleasedSchemasTest {

    private static final String RELEASE = "standing.release";
    private static final ReleasedFiles FILES = new ReleasedFiles(Path.of("src/released"));

    /** What is written now, by subject: the topics, and what else is kept. */
    static Map<String, Schema> present() {
        Map<String, Schema> present = new TreeMap<>();
        for (TopicDefinition topic : new TopicCatalogue("", 1, -1).all()) {
            topic.valueType().ifPresent(type -> present.put(topic.valueSubject(), schema(type)));
        }
        StoredValues.types().stream()
                .map(ReleasedSchemasTest::schema)
                .filter(schema -> !present.containsValue(schema))
                .forEach(schema -> present.put(schema.getFullName(), schema));
        return present;
    }

    private static Schema schema(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    @Test
    @DisabledIfSystemProperty(named = RELEASE, matches = ".+")
    void everyReleaseReadsWhatIsWrittenNowAndTheOtherWayRound() throws IOException {
        assertThat(EvolutionGate.objections(present(), ReleasedSchemas.all(), FILES.announced()))
                .isEmpty();
    }

    @Test
    @DisabledIfSystemProperty(named = RELEASE, matches = ".+")
    void nothingReleasedWasAltered() throws IOException {
        assertThat(FILES.objections()).isEmpty();
    }

    /** Else all of the above would pass without anything to compare with. */
    @Test
    @DisabledIfSystemProperty(named = RELEASE, matches = ".+")
    void theFirstReleaseHasEveryTopicAndEverythingThatIsKept() {
        assertThat(ReleasedSchemas.all())
                .filteredOn(schema -> schema.release().equals("0.1.0"))
                .extracting(ReleasedSchema::subject)
                .hasSize(16)
                .contains(
                        "commands-value",
                        "events-value",
                        "results-value",
                        "customers-value",
                        "subordinate-updates-value",
                        "external-ids-value",
                        "dev.standing.avro.store.KeptSubordinate",
                        "dev.standing.avro.internal.ClaimRequest");
        assertThat(ReleasedSchemas.of("dev.standing.avro.Customer")).isNotEmpty();
        assertThat(ReleasedSchemas.of("dev.standing.avro.Nothing")).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = RELEASE, matches = ".+")
    void addsTheSetOfARelease() throws IOException {
        assertThat(System.getProperty(RELEASE)).matches("\\d+\\.\\d+\\.\\d+");

        FILES.add(System.getProperty(RELEASE), present());

        assertThat(FILES.objections()).isEmpty();
    }

    @Test
    void aFileThatWasAlteredLostOrAddedIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(ReleasedSchemas.INDEX), "");
        Files.writeString(folder.resolve("NEW"), "a-value\n");
        ReleasedFiles files = new ReleasedFiles(folder);
        Schema text = Schema.create(Schema.Type.STRING);
        files.add("0.1.0", Map.of("a-value", text, "b-value", text, "c-value", text));
        assertThat(files.objections()).isEmpty();
        assertThat(files.announced()).isEmpty();

        Files.writeString(folder.resolve("0.1.0/a-value.avsc"), "\"int\"\n");
        Files.delete(folder.resolve("0.1.0/b-value.avsc"));
        Files.writeString(folder.resolve("0.1.0/d-value.avsc"), "\"int\"\n");

        assertThat(files.objections())
                .containsExactly(
                        "0.1.0/a-value.avsc was altered after its release: change it back",
                        "0.1.0/b-value.avsc is gone: what was released is kept for ever",
                        "0.1.0/d-value.avsc is not in SHA256SUMS");
    }

    /** As if nothing had changed since the last release. */
    private static Map<String, Schema> released() {
        Map<String, Schema> last = new TreeMap<>();
        ReleasedSchemas.all().forEach(schema -> last.put(schema.subject(), schema.schema()));
        return last;
    }

    @Test
    void aSubjectThatVanishedIsNamed() {
        Map<String, Schema> present = released();
        present.remove("events-value");

        assertThat(EvolutionGate.objections(present, ReleasedSchemas.all(), Set.of()))
                .containsExactly("events-value was in release 0.1.0 and is gone");
    }

    @Test
    void aSubjectThatNoReleaseHasIsToBeAnnounced() {
        Map<String, Schema> present = released();
        present.put("more-value", Schema.create(Schema.Type.STRING));
        List<ReleasedSchema> released = ReleasedSchemas.all();

        assertThat(EvolutionGate.objections(present, released, Set.of()))
                .containsExactly("more-value is in no release: if it is new, say so in schemas/src/released/NEW");
        assertThat(EvolutionGate.objections(present, released, Set.of("more-value")))
                .isEmpty();
        assertThat(EvolutionGate.objections(released(), released, Set.of("more-value", "events-value")))
                .containsExactlyInAnyOrder(
                        "more-value is in schemas/src/released/NEW and nowhere else",
                        "events-value is not new, as schemas/src/released/NEW says: a release has it");
    }
}
