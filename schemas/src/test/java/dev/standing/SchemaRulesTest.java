package dev.standing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.topics.TopicCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes the schemas fit to grow under FULL_TRANSITIVE, and fit for readers other than ours. */
class SchemaRulesTest {

    static List<Schema> roots() {
        Stream<Schema> topics = new TopicCatalogue("standing.", 12, -1)
                .all().stream()
                        .flatMap(topic -> topic.valueType().stream())
                        .map(type -> SpecificData.get().getSchema(type));
        Stream<Schema> samples = SampleRecords.all().stream().map(SpecificRecord::getSchema);
        return Stream.concat(topics, samples).distinct().toList();
    }

    static List<Schema> named() {
        Map<String, Schema> named = new LinkedHashMap<>();
        roots().forEach(schema -> collect(schema, named));
        return List.copyOf(named.values());
    }

    static List<Schema> enums() {
        return named().stream()
                .filter(schema -> schema.getType() == Schema.Type.ENUM)
                .toList();
    }

    static List<Schema> records() {
        return named().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .toList();
    }

    private static void collect(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM -> named.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), named);
            case MAP -> collect(schema.getValueType(), named);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, named));
            default -> {
                // Nothing in it.
            }
        }
    }

    @ParameterizedTest
    @MethodSource("enums")
    void everyEnumHasTheDefaultUnknown(Schema schema) {
        assertThat(schema.getEnumDefault()).isEqualTo("UNKNOWN");
        assertThat(schema.getEnumSymbols()).startsWith("UNKNOWN");
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyUnionIsOneTypeOrNull(Schema schema) {
        schema.getFields().stream()
                .filter(field -> field.schema().getType() == Schema.Type.UNION)
                .forEach(field -> {
                    assertThat(field.schema().getTypes()).as(field.name()).hasSize(2);
                    assertThat(field.schema().getTypes().get(0).getType())
                            .as(field.name())
                            .isEqualTo(Schema.Type.NULL);
                    assertThat(field.defaultVal())
                            .as("the default of " + field.name())
                            .isEqualTo(JsonProperties.NULL_VALUE);
                });
        assertThat(schema.getFields())
                .filteredOn(field -> field.schema().getType() == Schema.Type.ARRAY)
                .allSatisfy(field ->
                        assertThat(field.schema().getElementType().isUnion()).isFalse());
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyTimeIsInMilliseconds(Schema schema) {
        schema.getFields().forEach(field -> {
            Schema type = field.schema().getType() == Schema.Type.UNION
                    ? field.schema().getTypes().get(1)
                    : field.schema();
            if (type.getLogicalType() != null) {
                assertThat(type.getLogicalType().getName()).as(field.name()).isEqualTo("timestamp-millis");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("roots")
    void everySchemaReadsWhatItWrites(Schema schema) {
        Schema again = new Schema.Parser().parse(schema.toString());

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(schema, again)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
}
