package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standing.SampleRecords;
import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.registry.RegistryConfig;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.registry.ScriptedRegistry;
import dev.standing.registry.ScriptedRegistry.Reply;
import dev.standing.serde.UndecodableRecordException.Reason;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    private static final Schema CLAIM = ExternalIdClaim.getClassSchema();
    private static final ExternalIdClaim RECORD = SampleRecords.claim();
    private static final byte[] PAYLOAD = new AvroPayload<>(ExternalIdClaim.class).encode(RECORD);
    private static final Headers NONE = new RecordHeaders();

    private final ScriptedRegistry registry = new ScriptedRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    private Map<String, Object> configs(String... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of(
                RegistryConfig.URL, registry.url(), RegistryConfig.RETRIES, "0", "bootstrap.servers", "of no account"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return configs;
    }

    private SchemaRegistryClient client(String... keysAndValues) {
        return new SchemaRegistryClient(configs(keysAndValues));
    }

    private AvroSerializer<SpecificRecord> serializer(String... keysAndValues) {
        return new AvroSerializer<>(client(keysAndValues), false);
    }

    private AvroDeserializer<ExternalIdClaim> deserializer() {
        return new AvroDeserializer<>(client(), ExternalIdClaim.class, false);
    }

    @Test
    void writesWithTheIdThatIsRegistered() {
        registry.registered("t-value", 1, 0x0102, CLAIM);
        AvroSerializer<SpecificRecord> serializer = serializer();

        byte[] bytes = serializer.serialize("t", RECORD);
        serializer.serialize("t", RECORD);

        assertThat(bytes).isEqualTo(WireFormat.frame(0x0102, PAYLOAD)).startsWith(0, 0, 0, 1, 2);
        assertThat(registry.lines()).containsExactly("POST /subjects/t-value");
    }

    @Test
    void saysWhatToDoWhenASchemaIsNotRegistered() {
        registry.next(Reply.error(404, 40401, "Subject not found"));

        assertThatThrownBy(() -> serializer().serialize("t", RECORD))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("t-value")
                .hasMessageContaining("ExternalIdClaim")
                .hasMessageContaining("./standing topics");
    }

    @Test
    void registersWhenToldTo() {
        registry.route("POST /subjects/t-value/versions", "{\"id\": 9}");

        byte[] bytes = serializer(RegistryConfig.AUTO_REGISTER_SCHEMAS, "true").serialize("t", RECORD);

        assertThat(bytes).isEqualTo(WireFormat.frame(9, PAYLOAD));
        assertThat(registry.lines()).containsExactly("POST /subjects/t-value/versions");
    }

    @Test
    void namesSubjectsByTheConfiguredStrategy() {
        registry.registered("dev.standing.avro.ExternalIdClaim", 1, 3, CLAIM);

        assertThat(serializer(
                                RegistryConfig.VALUE_SUBJECT_NAME_STRATEGY,
                                "io.confluent.kafka.serializers.subject.RecordNameStrategy")
                        .serialize("t", RECORD))
                .isEqualTo(WireFormat.frame(3, PAYLOAD));
    }

    @Test
    void writesSeveralTypesAndTopicsWithOneSerializer() {
        registry.registered("a-value", 1, 1, CLAIM);
        registry.registered("b-value", 1, 2, CLAIM);
        registry.registered("c-value", 1, 3, Customer.getClassSchema());
        AvroSerializer<SpecificRecord> serializer = serializer();

        assertThat(serializer.serialize("a", RECORD)).startsWith(0, 0, 0, 0, 1);
        assertThat(serializer.serialize("b", RECORD)).startsWith(0, 0, 0, 0, 2);
        assertThat(serializer.serialize("c", SampleRecords.customer())).startsWith(0, 0, 0, 0, 3);
        assertThat(serializer.serialize("a", RECORD)).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void writesTheRecordsOwnBytesWithALatestVersionThatDiffersOnlyInWords() {
        Schema reworded = new Schema.Parser().parse(CLAIM.toString().replace("The registration", "A registration"));
        registry.registered("t-value", 4, 44, reworded);

        assertThat(serializer(RegistryConfig.USE_LATEST_VERSION, "true").serialize("t", RECORD))
                .isEqualTo(WireFormat.frame(44, PAYLOAD));
    }

    @Test
    void writesWithTheLatestVersionWhateverTheOrderOfItsFields() {
        Schema latest = Schemas.edited(
                CLAIM, claim -> claim.remove("externalId").remove("commandId").addFirst("externalId", "\"string\""));
        latest = new Schema.Parser().parse(latest.toString());
        registry.registered("t-value", 2, 22, latest);
        AvroSerializer<SpecificRecord> serializer = serializer(RegistryConfig.USE_LATEST_VERSION, "true");

        byte[] bytes = serializer.serialize("t", RECORD);

        assertThat(bytes).isEqualTo(WireFormat.frame(22, Schemas.encode(latest, RECORD)));
        assertThatThrownBy(() -> serializer.frame("t", CLAIM, PAYLOAD))
                .as("hashed bytes are never converted")
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("use.latest.version");
    }

    @Test
    void refusesALatestVersionThatIsNotCompatible() {
        registry.registered(
                "t-value", 2, 22, Schemas.edited(CLAIM, claim -> claim.addFirst("mandatory", "\"string\"")));

        assertThatThrownBy(() ->
                        serializer(RegistryConfig.USE_LATEST_VERSION, "true").serialize("t", RECORD))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("mandatory")
                .hasMessageContaining("t-value");
    }

    @Test
    void framesAPayloadAsItIs() {
        registry.registered("t-value", 1, 5, CLAIM);

        assertThat(serializer().frame("t", CLAIM, PAYLOAD)).isEqualTo(WireFormat.frame(5, PAYLOAD));
    }

    @Test
    void passesTombstonesOn() {
        assertThat(serializer().serialize("t", null)).isNull();
        assertThat(deserializer().deserialize("t", null)).isNull();
        assertThat(deserializer().missingSchema(NONE, null)).isEmpty();
        assertThat(registry.lines()).isEmpty();
    }

    @Test
    void readsWithTheWritersSchemaAsTheClassOfTheReader() {
        Schema later = Schemas.edited(CLAIM, claim -> claim.addFirst("extra", "\"long\""));
        registry.schema(8, later);
        AvroDeserializer<ExternalIdClaim> deserializer = deserializer();
        byte[] bytes = WireFormat.frame(8, Schemas.encode(later, RECORD, Map.of("extra", 5L)));

        assertThat(deserializer.deserialize("t", bytes)).isEqualTo(RECORD);
        assertThat(deserializer.deserialize("t", NONE, ByteBuffer.wrap(bytes))).isEqualTo(RECORD);
        assertThat(registry.lines()).containsExactly("GET /schemas/ids/8");
    }

    @Test
    void readsASchemaThatAHeaderNames() {
        UUID guid = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
        registry.schema(8, CLAIM);
        registry.route("GET /schemas/guids/" + guid, "{\"schema\": " + quoted(CLAIM) + "}");
        ByteBuffer header = ByteBuffer.allocate(17).put((byte) 1).putLong(guid.getMostSignificantBits());

        Headers byId = new RecordHeaders().add(WireFormat.VALUE_SCHEMA_HEADER, new byte[] {0, 0, 0, 0, 8});
        Headers byGuid = new RecordHeaders()
                .add(
                        WireFormat.VALUE_SCHEMA_HEADER,
                        header.putLong(guid.getLeastSignificantBits()).array());

        assertThat(deserializer().deserialize("t", byId, PAYLOAD)).isEqualTo(RECORD);
        assertThat(deserializer().deserialize("t", byGuid, PAYLOAD)).isEqualTo(RECORD);
    }

    private static String quoted(Schema schema) {
        return "\"" + schema.toString().replace("\"", "\\\"") + "\"";
    }

    @Test
    void tellsWhichSchemaIsMissingWithoutAsking() {
        registry.schema(8, CLAIM);
        AvroDeserializer<ExternalIdClaim> deserializer = deserializer();
        byte[] bytes = WireFormat.frame(8, PAYLOAD);

        assertThat(deserializer.missingSchema(NONE, bytes)).contains(new SchemaKey.Id(8));
        assertThat(registry.lines()).isEmpty();
        deserializer.deserialize("t", bytes);
        assertThat(deserializer.missingSchema(NONE, bytes)).isEmpty();
        assertThatThrownBy(() -> deserializer.missingSchema(NONE, new byte[] {1, 2, 3, 4, 5, 6}))
                .isInstanceOf(UndecodableRecordException.class);
    }

    private Reason undecodable(Reply reply) {
        registry.next(reply);
        return catchThrowableOfType(
                        UndecodableRecordException.class,
                        () -> deserializer().deserialize("t", WireFormat.frame(8, PAYLOAD)))
                .reason();
    }

    @Test
    void takesOnlyWhatTheRegistryDoesNotKnowForUndecodable() {
        assertThat(undecodable(Reply.error(404, 40403, "Schema not found"))).isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(undecodable(Reply.of(200, "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}")))
                .isEqualTo(Reason.UNUSABLE_SCHEMA);
        registry.next(Reply.of(503, ""), Reply.of(401, ""), Reply.of(404, "not a registry"));
        byte[] bytes = WireFormat.frame(8, PAYLOAD);
        assertThatThrownBy(() -> deserializer().deserialize("t", bytes))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> deserializer().deserialize("t", bytes)).isInstanceOf(RegistryRejectedException.class);
        assertThatThrownBy(() -> deserializer().deserialize("t", bytes)).isInstanceOf(RegistryRejectedException.class);
        registry.close();
        assertThatThrownBy(() -> deserializer().deserialize("t", bytes))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void isConfiguredByNameWithKeysOfItsOwnForKeysAndValues() {
        registry.registered("t-key", 1, 1, CLAIM);
        Map<String, Object> configs = configs(
                "specific.avro.key.type", "dev.standing.avro.ExternalIdClaim",
                "specific.avro.value.type", "dev.standing.avro.Customer");
        try (AvroSerde<SpecificRecord> keys = new AvroSerde<>();
                AvroSerializer<ExternalIdClaim> serializer = new AvroSerializer<>();
                AvroDeserializer<ExternalIdClaim> deserializer = new AvroDeserializer<>()) {
            keys.configure(configs, true);
            serializer.configure(configs, true);
            deserializer.configure(configs, true);

            byte[] bytes = serializer.serialize("t", RECORD);

            assertThat(bytes).isEqualTo(WireFormat.frame(1, PAYLOAD));
            assertThat(keys.serializer().serialize("t", RECORD)).isEqualTo(bytes);
            assertThat(deserializer.deserialize("t", bytes)).isEqualTo(RECORD);
            assertThat(keys.deserializer().deserialize("t", bytes)).isEqualTo(RECORD);
        }
    }

    @Test
    void demandsAGeneratedClassToReadAs() {
        try (AvroDeserializer<ExternalIdClaim> deserializer = new AvroDeserializer<>()) {
            assertThatThrownBy(() -> deserializer.configure(configs(), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("specific.avro.value.type");
            assertThatThrownBy(
                            () -> deserializer.configure(configs("specific.avro.key.type", "java.lang.String"), true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("specific.avro.key.type");
            assertThatThrownBy(() -> deserializer.configure(configs("specific.avro.key.type", "no.such.Type"), true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("no.such.Type");
            assertThatThrownBy(() -> deserializer.deserialize("t", PAYLOAD)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void keepsTheClientAndTheClassThatItWasMadeWith() {
        registry.registered("t-value", 1, 1, CLAIM);
        try (AvroSerde<ExternalIdClaim> serde = new AvroSerde<>(client(), ExternalIdClaim.class, false)) {
            serde.configure(configs("specific.avro.value.type", "dev.standing.avro.Customer"), false);

            byte[] bytes = serde.serializer().serialize("t", RECORD);

            assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(RECORD);
        }
    }
}
