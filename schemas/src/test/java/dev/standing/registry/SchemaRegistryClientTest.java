package dev.standing.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.registry.ScriptedRegistry.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {

    private static final Schema CLAIM = ExternalIdClaim.getClassSchema();
    private static final Schema CUSTOMER = Customer.getClassSchema();
    private static final SchemaKey ONE = new SchemaKey.Id(1);

    private final ScriptedRegistry registry = new ScriptedRegistry();

    @BeforeEach
    void hasOneSchema() {
        registry.registered("s", 1, 1, CLAIM);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private SchemaRegistryClient client(String... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of(RegistryConfig.URL, registry.url()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SchemaRegistryClient(configs);
    }

    @Test
    void asksForASchemaOnce() {
        SchemaRegistryClient client = client();

        assertThat(client.cached(ONE)).isEmpty();
        assertThat(client.schema(ONE)).isEqualTo(CLAIM);
        assertThat(client.schema(ONE)).isEqualTo(CLAIM);
        assertThat(client.cached(ONE)).contains(CLAIM);

        assertThat(registry.lines()).containsExactly("GET /schemas/ids/1");
    }

    @Test
    void neverAsksForWhatItWasToldToRemember() {
        SchemaRegistryClient client = client();

        client.remember(new SchemaKey.Id(7), CUSTOMER);

        assertThat(client.cached(new SchemaKey.Id(7))).contains(CUSTOMER);
        assertThat(client.cached(ONE)).isEmpty();
        assertThat(registry.lines()).isEmpty();
    }

    @Test
    void fetchesASchemaByItsGuid() {
        UUID guid = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
        registry.route("GET /schemas/guids/" + guid, "{\"schema\": \"\\\"string\\\"\"}");

        assertThat(client().schema(new SchemaKey.Guid(guid))).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @Test
    void forgetsWhatWasNotUsedForLongest() {
        registry.schema(2, CUSTOMER);
        registry.schema(3, CUSTOMER);
        SchemaRegistryClient client = client(RegistryConfig.CACHE_SIZE, "2");

        client.schema(ONE);
        client.schema(new SchemaKey.Id(2));
        client.schema(ONE);
        client.schema(new SchemaKey.Id(3));

        assertThat(client.cached(ONE)).isPresent();
        assertThat(client.cached(new SchemaKey.Id(2))).isEmpty();
        assertThat(client.cached(new SchemaKey.Id(3))).isPresent();
    }

    @Test
    void registersASchemaOnceForEachSubject() {
        registry.route("POST /subjects/a%20%2Fb/versions", "{\"id\": 5}");
        SchemaRegistryClient client = client();

        assertThat(client.register("a /b", CLAIM)).isEqualTo(5);
        assertThat(client.register("a /b", CLAIM)).isEqualTo(5);

        assertThat(registry.lines()).containsExactly("POST /subjects/a%20%2Fb/versions");
        assertThat(registry.requests().get(0).body()).contains("ExternalIdClaim");
    }

    @Test
    void asksForNormalizationWhenConfigured() {
        registry.route("POST /subjects/s/versions?normalize=true", "{\"id\": 5}");
        registry.route("POST /subjects/t?normalize=true", "{\"id\": 6}");
        SchemaRegistryClient client = client(RegistryConfig.NORMALIZE_SCHEMAS, "true");

        assertThat(client.register("s", CLAIM)).isEqualTo(5);
        assertThat(client.lookUp("t", CLAIM)).contains(6);
    }

    @Test
    void remembersOnlyThatASchemaIsRegisteredNotThatItIsNot() {
        registry.next(Reply.error(404, 40401, "Subject not found"), Reply.error(404, 40403, "Schema not found"));
        SchemaRegistryClient client = client();

        assertThat(client.lookUp("s", CLAIM)).isEmpty();
        assertThat(client.lookUp("s", CLAIM)).isEmpty();
        assertThat(client.lookUp("s", CLAIM)).contains(1);
        assertThat(client.lookUp("s", CLAIM)).contains(1);

        assertThat(registry.lines()).hasSize(3);
    }

    @Test
    void listsAllVersionsAndRemembersTheirSchemas() {
        registry.route("GET /subjects/s/versions", "[1, 3]");
        registry.registered("s", 3, 8, CUSTOMER);
        SchemaRegistryClient client = client();

        assertThat(client.versions("s"))
                .containsExactly(new RegisteredSchema("s", 1, 1, CLAIM), new RegisteredSchema("s", 3, 8, CUSTOMER));
        assertThat(client.cached(new SchemaKey.Id(8))).contains(CUSTOMER);
        assertThat(client.cached(ONE)).contains(CLAIM);
    }

    @Test
    void hasNoVersionsOfASubjectThatDoesNotExist() {
        registry.next(Reply.error(404, 40401, "Subject not found"), Reply.error(404, 40401, "Subject not found"));

        assertThat(client().versions("x")).isEmpty();
        assertThat(client().latest("x")).isEmpty();
    }

    @Test
    void setsAndTestsCompatibility() {
        registry.route("PUT /config/s", "{\"compatibility\": \"FULL_TRANSITIVE\"}");
        registry.route(
                "POST /compatibility/subjects/s/versions?verbose=true",
                "{\"is_compatible\": false, \"messages\": [\"no default\"]}");
        SchemaRegistryClient client = client();

        client.setCompatibility("s", CompatibilityLevel.FULL_TRANSITIVE);

        assertThat(registry.requests().get(0).body()).isEqualTo("{\"compatibility\":\"FULL_TRANSITIVE\"}");
        assertThat(client.compatibility("s", CLAIM)).isEqualTo(new Compatibility(false, List.of("no default")));
    }

    @Test
    void resolvesReferencesAndTheirReferences() {
        registry.route("GET /schemas/ids/9", """
                {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"a.Top\\",\\"fields\\":[{\\"name\\":\\"m\\",\\"type\\":\\"a.Middle\\"},{\\"name\\":\\"e\\",\\"type\\":\\"a.Leaf\\"}]}",
                 "references": [{"name": "a.Middle", "subject": "middle", "version": 2}, {"name": "a.Leaf", "subject": "leaf", "version": 1}]}
                """);
        registry.route("GET /subjects/middle/versions/2", """
                {"version": 2, "id": 8, "schema": "{\\"type\\":\\"record\\",\\"name\\":\\"a.Middle\\",\\"fields\\":[{\\"name\\":\\"l\\",\\"type\\":\\"a.Leaf\\"}]}",
                 "references": [{"name": "a.Leaf", "subject": "leaf", "version": 1}]}
                """);
        registry.route("GET /subjects/leaf/versions/1", """
                {"version": 1, "id": 7, "schema": "{\\"type\\":\\"enum\\",\\"name\\":\\"a.Leaf\\",\\"symbols\\":[\\"X\\"]}"}
                """);

        Schema top = client().schema(new SchemaKey.Id(9));

        assertThat(top.getField("m").schema().getField("l").schema().getEnumSymbols())
                .containsExactly("X");
        assertThat(top.getField("e").schema().getFullName()).isEqualTo("a.Leaf");
    }

    @Test
    void readsASchemaWhoseNamesAndDefaultsWouldNotBeAcceptedToday() {
        registry.next(Reply.of(
                200,
                "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"my-record\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"int\\\",\\\"default\\\":\\\"x\\\"}]}\"}"));

        assertThat(client().schema(ONE).getName()).isEqualTo("my-record");
    }

    private Optional<String> authorizationSent(String... keysAndValues) {
        registry.requests().clear();
        client(keysAndValues).schema(ONE);
        return registry.requests().get(0).authorization();
    }

    @Test
    void sendsTheConfiguredCredentials() {
        String withUser = registry.url().replace("http://", "http://us%40er:pass@");
        String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";";

        assertThat(authorizationSent()).isEmpty();
        assertThat(authorizationSent("basic.auth.user.info", "u:p")).contains("Basic dTpw");
        assertThat(authorizationSent("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:p"))
                .contains("Basic dTpw");
        assertThat(authorizationSent("basic.auth.credentials.source", "URL", RegistryConfig.URL, withUser))
                .as("us@er:pass")
                .contains("Basic dXNAZXI6cGFzcw==");
        assertThat(authorizationSent("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas))
                .contains("Basic dTpw");
        assertThat(authorizationSent("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken"))
                .contains("Bearer t0ken");
        assertThat(authorizationSent("bearer.auth.token", "t0ken")).contains("Bearer t0ken");
    }

    @Test
    void readsReferredTypesThatAreNested() {
        Schema outer = SchemaBuilder.record("a.Outer")
                .fields()
                .name("i")
                .type(SchemaBuilder.fixed("a.Inner").size(2))
                .noDefault()
                .endRecord();
        registry.registered("outer", 1, 2, outer);
        registry.next(
                Reply.of(
                        200,
                        "{\"schema\": \"\\\"a.Inner\\\"\", \"references\": [{\"name\": \"a.Inner\", \"subject\": \"outer\", \"version\": 1}]}"));

        assertThat(client().schema(ONE).getFixedSize()).isEqualTo(2);
    }
}
