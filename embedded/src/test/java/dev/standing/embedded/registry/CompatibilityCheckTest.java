package dev.standing.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.embedded.registry.CompatibilityCheck.Earlier;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityCheckTest {

    private static final String ID = "{'name':'id','type':'string'}";
    private static final String MANDATORY = "{'name':'mail','type':'string'}";
    private static final String OPTIONAL = "{'name':'mail','type':'string','default':''}";

    @ParameterizedTest
    @CsvSource({
        // level, adding a mandatory field, removing one, adding or removing an optional one
        "NONE, true, true, true",
        "BACKWARD, false, true, true",
        "BACKWARD_TRANSITIVE, false, true, true",
        "FORWARD, true, false, true",
        "FORWARD_TRANSITIVE, true, false, true",
        "FULL, false, false, true",
        "FULL_TRANSITIVE, false, false, true",
    })
    void eachLevelAllowsWhatItSays(CompatibilityLevel level, boolean adding, boolean removing, boolean optional) {
        Schema without = record(ID);
        Schema mandatory = record(ID, MANDATORY);

        assertThat(violations(level, mandatory, without).isEmpty()).isEqualTo(adding);
        assertThat(violations(level, without, mandatory).isEmpty()).isEqualTo(removing);
        assertThat(violations(level, record(ID, OPTIONAL), without).isEmpty()).isEqualTo(optional);
        assertThat(violations(level, without, record(ID, OPTIONAL)).isEmpty()).isEqualTo(optional);
    }

    @Test
    void aViolationNamesRuleVersionAndField() {
        assertThat(violations(CompatibilityLevel.BACKWARD, record(ID, MANDATORY), record(ID)))
                .containsExactly("BACKWARD: the new schema cannot read data of version 4: field 'mail': "
                        + "READER_FIELD_MISSING_DEFAULT_VALUE: the field is missing in the data and has no default");
        assertThat(violations(CompatibilityLevel.FULL, record(ID), record(ID, MANDATORY)))
                .singleElement()
                .asString()
                .startsWith("FULL: version 4 cannot read data of the new schema: field 'mail': ");
    }

    @Test
    void aFieldInsideOfRecordsArraysAndMapsIsNamedByItsPath() {
        Schema oldSchema = record(list("items", "array", named("Inner", "{'name':'n','type':'int'}")));
        Schema newSchema = record(list("items", "array", named("Inner", "{'name':'n','type':'string'}")));

        assertThat(violations(CompatibilityLevel.BACKWARD, newSchema, oldSchema))
                .singleElement()
                .asString()
                .contains("field 'list.n': TYPE_MISMATCH");

        Schema oldMap = record(list("values", "map", named("Inner", "{'name':'n','type':'int'}")));
        Schema newMap = record(list("values", "map", named("Inner", "{'name':'n','type':'string'}")));
        assertThat(violations(CompatibilityLevel.BACKWARD, newMap, oldMap))
                .singleElement()
                .asString()
                .contains("field 'list.n': TYPE_MISMATCH");
    }

    @Test
    void aFieldInsideOfANullableSectionIsNamed() {
        Schema oldSchema = record(section("{'name':'n','type':'int'}"));
        Schema newSchema = record(section("{'name':'n','type':'int'},{'name':'m','type':'int'}"));

        assertThat(violations(CompatibilityLevel.BACKWARD, newSchema, oldSchema))
                .singleElement()
                .asString()
                .contains("field 'section.m': READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void aBranchThatIsMissingAltogetherIsNamed() {
        Schema oldSchema = record("{'name':'u','type':['null','int','string']}");
        Schema newSchema = record("{'name':'u','type':['null','int']}");

        assertThat(violations(CompatibilityLevel.BACKWARD, newSchema, oldSchema))
                .singleElement()
                .asString()
                .contains("field 'u': MISSING_UNION_BRANCH: reader union lacking writer type: STRING");
    }

    @Test
    void anEnumNamesTheSymbolsThatAreUnknown() {
        Schema oldSchema = record("{'name':'e','type':{'type':'enum','name':'E','symbols':['A','B']}}");
        Schema newSchema = record("{'name':'e','type':{'type':'enum','name':'E','symbols':['A']}}");

        assertThat(violations(CompatibilityLevel.BACKWARD, newSchema, oldSchema))
                .singleElement()
                .asString()
                .contains("field 'e': MISSING_ENUM_SYMBOLS: symbols [B] are unknown");
    }

    @Test
    void aTypeOutsideOfAnyFieldIsNamed() {
        assertThat(violations(CompatibilityLevel.BACKWARD, named("Other", ID), named("Thing", ID)))
                .singleElement()
                .asString()
                .contains("type 'Other': NAME_MISMATCH");
    }

    @Test
    void typesThatContainEachOtherEnd() {
        String node = "{'name':'next','type':['null','Thing'],'default':null}";
        assertThat(violations(CompatibilityLevel.FULL, record(node, MANDATORY), record(node)))
                .anySatisfy(violation -> assertThat(violation).contains("field 'mail'"));
    }

    private static List<String> violations(CompatibilityLevel level, Schema candidate, Schema earlier) {
        return new CompatibilityCheck(level).violations(candidate, List.of(new Earlier(4, earlier)));
    }

    private static String section(String fields) {
        return "{'name':'section','type':['null',{'type':'record','name':'Section','fields':[" + fields
                + "]}],'default':null}";
    }

    private static String list(String content, String type, Schema element) {
        return "{'name':'list','type':{'type':'" + type + "','" + content + "':" + element + "}}";
    }

    private static Schema record(String... fields) {
        return named("Thing", String.join(",", fields));
    }

    private static Schema named(String name, String fields) {
        return new Schema.Parser()
                .parse(("{'type':'record','name':'" + name + "','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
