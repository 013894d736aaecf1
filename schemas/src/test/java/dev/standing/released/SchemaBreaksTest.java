package dev.standing.released;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.standing.serde.Schemas;
import dev.standing.serde.Schemas.Editor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would happen if one of the present schemas were changed. */
class SchemaBreaksTest {

    private static final String STATE_VALUE = "dev.standing.avro.StateValue";
    private static final String CUSTOMER_STATE = "dev.standing.avro.CustomerState";

    /** The objections to a change of one of the schemas that were released. */
    private static List<String> objections(String subject, Consumer<Editor> change) {
        ReleasedSchema released = ReleasedSchemas.all().stream()
                .filter(schema -> schema.subject().equals(subject))
                .findFirst()
                .orElseThrow();
        Schema changed = Schemas.edited(released.schema(), change);
        return EvolutionGate.objections(Map.of(subject, changed), List.of(released), Set.of());
    }

    private static Arguments change(String subject, Consumer<Editor> change, String path, String why) {
        return arguments(subject, change, subject + " breaks release 0.1.0 at " + path, why);
    }

    static Stream<Arguments> breaking() {
        return Stream.of(
                change(
                        "events-value",
                        event -> event.type(STATE_VALUE).remove("stateReason"),
                        "CustomerEvent.customerRegistered.state.stateReason (" + STATE_VALUE + ")",
                        "the field was removed, and readers of release 0.1.0 have no default for it"),
                change(
                        "events-value",
                        event -> event.remove("sequence"),
                        "CustomerEvent.sequence (dev.standing.avro.CustomerEvent)",
                        "the field was removed, and readers of release 0.1.0 have no default for it"),
                change(
                        "commands-value",
                        command -> command.type("ProposeChange").set("validFrom", "type", "\"string\""),
                        "CustomerCommand.proposeChange.validFrom (dev.standing.avro.ProposeChange)",
                        "its type was long in release 0.1.0 and is string now"),
                change(
                        "commands-value",
                        command -> command.set("customerId", "type", "\"bytes\""),
                        "CustomerCommand.customerId (dev.standing.avro.CustomerCommand)",
                        "its type was string in release 0.1.0 and is bytes now"),
                change(
                        "commands-value",
                        command -> command.type("ProposeChange")
                                .set(
                                        "validFrom",
                                        "type",
                                        "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}"),
                        "CustomerCommand.proposeChange.validFrom (dev.standing.avro.ProposeChange)",
                        "its logical type was timestamp-millis in release 0.1.0 and is timestamp-micros now"),
                change(
                        "customers-value",
                        customer -> customer.addFirst("tier", "\"string\""),
                        "Customer.tier (dev.standing.avro.Customer)",
                        "the field is new and has no default, so that what release 0.1.0 wrote cannot be read"),
                change(
                        "customers-value",
                        customer -> customer.type("PlannedChange").addFirst("tier", "\"string\""),
                        "Customer.plannedChanges[].tier (dev.standing.avro.PlannedChange)",
                        "the field is new and has no default"),
                change(
                        "customers-value",
                        customer -> customer.set("attributes", "type", "{\"type\": \"map\", \"values\": \"long\"}"),
                        "Customer.attributes{} (dev.standing.avro.Customer)",
                        "its type was string in release 0.1.0 and is long now"),
                change(
                        "customers-value",
                        customer -> customer.type("Sha256").set("size", "20"),
                        "Customer.lastEventHash (dev.standing.avro.Customer)",
                        "it had 32 bytes in release 0.1.0 and has 20 now"),
                change(
                        "subordinate-updates-value",
                        update -> update.type(CUSTOMER_STATE)
                                .removeSymbol(CUSTOMER_STATE, "DORMANT")
                                .removeDefaultSymbol(CUSTOMER_STATE),
                        "SubordinateUpdate.state.state (" + STATE_VALUE + ")",
                        "the symbols [DORMANT] were removed from " + CUSTOMER_STATE
                                + ", which has no default symbol to read them as"),
                change(
                        "subordinate-updates-value",
                        update -> update.removeDefaultSymbol(CUSTOMER_STATE),
                        "SubordinateUpdate.state.state (" + STATE_VALUE + ")",
                        "the default symbol UNKNOWN was removed from " + CUSTOMER_STATE),
                change(
                        "subordinate-updates-value",
                        update -> update.set("parent", "name", "\"owner\"").set("owner", "aliases", "[\"parent\"]"),
                        "SubordinateUpdate.parent (dev.standing.avro.SubordinateUpdate)",
                        "the name was changed to owner, which readers of release 0.1.0 do not find"),
                change(
                        "external-ids-value",
                        claim -> claim.set("name", "\"Claim\""),
                        "Claim (itself)",
                        "the name of its type was dev.standing.avro.ExternalIdClaim in release 0.1.0 and is"
                                + " dev.standing.avro.Claim now"),
                change(
                        "external-ids-value",
                        claim -> claim.set("customerId", "type", "[\"null\", \"string\"]"),
                        "ExternalIdClaim.customerId (dev.standing.avro.ExternalIdClaim)",
                        "it may be null now, which readers of release 0.1.0 do not expect"),
                change(
                        "subordinate-updates-value",
                        update -> update.set("changeId", "type", "\"string\"").removeDefault("changeId"),
                        "SubordinateUpdate.changeId (dev.standing.avro.SubordinateUpdate)",
                        "it may not be null any longer, but was in what release 0.1.0 wrote"),
                change(
                        "external-ids-value",
                        claim -> claim.set("customerId", "type", "[\"string\", \"long\"]"),
                        "ExternalIdClaim.customerId (dev.standing.avro.ExternalIdClaim)",
                        "it can be long now, which readers of release 0.1.0 do not know"),
                change(
                        "dev.standing.avro.store.OpenCascade",
                        cascade -> cascade.remove("causeSequence"),
                        "OpenCascade.causeSequence (dev.standing.avro.store.OpenCascade)",
                        "the field was removed, and readers of release 0.1.0 have no default for it"));
    }

    @ParameterizedTest
    @MethodSource
    void breaking(String subject, Consumer<Editor> change, String where, String why) {
        assertThat(objections(subject, change))
                .anySatisfy(objection -> assertThat(objection).startsWith(where).contains(why));
    }

    static Stream<Arguments> growing() {
        return Stream.of(
                arguments("events-value", (Consumer<Editor>) event -> {}),
                arguments("events-value", (Consumer<Editor>)
                        event -> event.addFirst("more", "[\"null\", \"string\"]", "null")),
                arguments("events-value", (Consumer<Editor>)
                        event -> event.type("StateChanged").addFirst("more", "[\"null\", \"string\"]", "null")),
                arguments("commands-value", (Consumer<Editor>)
                        command -> command.addSymbol("dev.standing.avro.CommandType", "MERGE_CUSTOMERS")),
                arguments("commands-value", (Consumer<Editor>)
                        command -> command.removeSymbol("dev.standing.avro.CommandType", "CANCEL_CHANGE")),
                arguments("commands-value", (Consumer<Editor>) command -> command.remove("requestId")),
                arguments("customers-value", (Consumer<Editor>)
                        customer -> customer.type("PlannedChange").set("doc", "\"Other words.\"")));
    }

    @ParameterizedTest
    @MethodSource
    void growing(String subject, Consumer<Editor> change) {
        assertThat(objections(subject, change)).isEmpty();
    }

    @Test
    void everyReleaseCountsAndNotTheLastAlone() {
        Schema one = Schemas.edited(claim(), claim -> claim.addFirst("extra", "\"string\"", "\"\""));
        Schema without = claim();
        Schema present = Schemas.edited(claim(), claim -> claim.addFirst("extra", "\"long\"", "0"));

        assertThat(EvolutionGate.objections(
                        Map.of("external-ids-value", present),
                        List.of(
                                new ReleasedSchema("0.1.0", "external-ids-value", one),
                                new ReleasedSchema("0.2.0", "external-ids-value", without)),
                        Set.of()))
                .containsExactly("external-ids-value breaks release 0.1.0 at ExternalIdClaim.extra"
                        + " (dev.standing.avro.ExternalIdClaim): its type was string in release 0.1.0 and is long now");
    }

    /** What is refused by nothing but Avro's own check is still named by field. */
    @Test
    void aLocationInAvrosWordsBecomesTheNamesOfFields() {
        Schema event = ReleasedSchemas.of("dev.standing.avro.CustomerEvent").get(0);
        int section = event.getField("stateChanged").pos();
        Schema customer = ReleasedSchemas.of("dev.standing.avro.Customer").get(0);
        int changes = customer.getField("plannedChanges").pos();

        assertThat(SchemaBreaks.path(event, "/fields/" + section + "/type/1/fields/0/type/fields/2/type"))
                .isEqualTo("CustomerEvent.stateChanged.before.validFrom");
        assertThat(SchemaBreaks.path(customer, "/fields/" + changes + "/type/items/fields/0/type"))
                .isEqualTo("Customer.plannedChanges[].changeId");
        assertThat(SchemaBreaks.path(customer, "/")).isEqualTo("Customer");
    }

    private static Schema claim() {
        return ReleasedSchemas.of("dev.standing.avro.ExternalIdClaim").get(0);
    }
}
