package dev.standing.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.embedded.registry.RegistryRecord.Ignored;
import dev.standing.embedded.registry.RegistryRecord.LevelSet;
import dev.standing.embedded.registry.RegistryRecord.SubjectDeleted;
import dev.standing.embedded.registry.RegistryRecord.VersionErased;
import dev.standing.embedded.registry.RegistryRecord.VersionWritten;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {

    private static final SchemaContent TEXT = new SchemaContent("\"string\"", List.of());
    private static final SchemaContent REFERRING =
            new SchemaContent("\"a.B\"", List.of(new SchemaReference("a.B", "b-value", 2)));

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(
                        new VersionWritten(new SchemaVersion("s-value", 3, 7, TEXT, false)),
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s-value\",\"version\":3,\"magic\":1}",
                        "{\"subject\":\"s-value\",\"version\":3,\"id\":7,\"schema\":\"\\\"string\\\"\",\"deleted\":false}"),
                Arguments.of(
                        new VersionWritten(new SchemaVersion("s-value", 3, 7, REFERRING, true)),
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s-value\",\"version\":3,\"magic\":1}",
                        "{\"subject\":\"s-value\",\"version\":3,\"id\":7,"
                                + "\"references\":[{\"name\":\"a.B\",\"subject\":\"b-value\",\"version\":2}],"
                                + "\"schema\":\"\\\"a.B\\\"\",\"deleted\":true}"),
                Arguments.of(
                        new VersionErased("s-value", 3),
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s-value\",\"version\":3,\"magic\":1}",
                        null),
                Arguments.of(
                        new SubjectDeleted("s-value", 3),
                        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s-value\",\"magic\":0}",
                        "{\"subject\":\"s-value\",\"version\":3}"),
                Arguments.of(
                        new LevelSet(Optional.empty(), Optional.of(CompatibilityLevel.FULL)),
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}",
                        "{\"compatibilityLevel\":\"FULL\"}"),
                Arguments.of(
                        new LevelSet(Optional.of("s-value"), Optional.empty()),
                        "{\"keytype\":\"CONFIG\",\"subject\":\"s-value\",\"magic\":0}",
                        null));
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordsHaveTheShapeOfConfluents(RegistryRecord fact, String key, String value) {
        RecordFormat.Encoded encoded = RecordFormat.encode(fact);

        assertThat(encoded.key()).isEqualTo(key);
        assertThat(encoded.value()).isEqualTo(value);
        assertThat(RecordFormat.decode(key, value)).isEqualTo(fact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP", "MODE", "CONTEXT", "CLEAR_SUBJECT"})
    void recordsOfOtherKindsAreLeftAlone(String type) {
        assertThat(RecordFormat.decode("{\"keytype\":\"" + type + "\",\"magic\":0}", "{}"))
                .isEqualTo(new Ignored(type));
    }

    @Test
    void whatIsNotARecordIsNamed() {
        assertThatThrownBy(() -> RecordFormat.decode("nonsense", null)).hasMessageContaining("nonsense");
        assertThatThrownBy(() -> RecordFormat.decode("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1}", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subject");
    }
}
