package dev.standing.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.SampleRecords;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.registry.CompatibilityLevel;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.GeneratedClasses;
import dev.standing.serde.Schemas;
import dev.standing.serde.UndecodableRecordException;
import dev.standing.serde.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Standing's serdes and client beside Confluent's own, at one registry. */
class ConfluentIT {

    private static final Map<String, String> REGISTERING = Map.of("auto.register.schemas", "true");
    private static final Map<String, String> LOOKING_UP = Map.of("auto.register.schemas", "false");
    private static final String NOBODY = "http://127.0.0.1:1";

    private static TestedRegistry registry;
    private static Confluent confluent;
    private static SchemaRegistryClient client;

    private final String topic = TestedRegistry.topic();

    @BeforeAll
    static void open() {
        GeneratedClasses.trust();
        registry = TestedRegistry.open();
        confluent = new Confluent(registry.url());
        client = new SchemaRegistryClient(Map.of("schema.registry.url", registry.url()));
    }

    @AfterAll
    static void close() {
        client.close();
        confluent.close();
        registry.close();
    }

    static List<SpecificRecord> records() {
        return SampleRecords.all();
    }

    private static AvroSerializer<SpecificRecord> serializer(Map<String, String> configs) {
        return serializer(registry.url(), configs);
    }

    private static AvroSerializer<SpecificRecord> serializer(String url, Map<String, String> configs) {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        Map<String, Object> all = new HashMap<>(configs);
        all.put("schema.registry.url", url);
        all.put("schema.registry.retries", 0);
        serializer.configure(all, false);
        return serializer;
    }

    private static AvroDeserializer<SpecificRecord> deserializer(Class<?> type) {
        return deserializer(registry.url(), type);
    }

    private static AvroDeserializer<SpecificRecord> deserializer(String url, Class<?> type) {
        AvroDeserializer<SpecificRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(
                Map.of("schema.registry.url", url, "schema.registry.retries", 0, "specific.avro.value.type", type),
                false);
        return deserializer;
    }

    @ParameterizedTest
    @MethodSource("records")
    void bytesAreTheSameAndEachReadsTheOthers(SpecificRecord record) {
        byte[] ours = serializer(REGISTERING).serialize(topic, record);
        byte[] theirs = confluent.serializer(LOOKING_UP).serialize(topic, record);

        assertThat(theirs).as("what Confluent's writes where ours registered").isEqualTo(ours);
        assertThat(confluent.deserializer().deserialize(topic, ours)).isEqualTo(record);
        assertThat(deserializer(record.getClass()).deserialize(topic, theirs)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatConfluentsRegistersOursFindsUnderTheSameSubjectAndId(SpecificRecord record) {
        byte[] theirs = confluent.serializer(REGISTERING).serialize(topic, record);
        byte[] ours = serializer(LOOKING_UP).serialize(topic, record);

        assertThat(ours).isEqualTo(theirs);
        assertThat(client.lookUp(topic + "-value", record.getSchema()))
                .map(SchemaKey.Id::new)
                .contains((SchemaKey.Id) WireFormat.read(theirs).schema());
    }

    @Test
    void tombstonesAreNull() {
        assertThat(confluent.serializer(REGISTERING).serialize(topic, null)).isNull();
        assertThat(serializer(REGISTERING).serialize(topic, null)).isNull();
        assertThat(confluent.deserializer().deserialize(topic, null)).isNull();
        assertThat(deserializer(Customer.class).deserialize(topic, null)).isNull();
    }

    /** An older and a newer writer, by fields and by symbols. */
    @Test
    void bothReadWhatAnotherVersionWroteAsTheSameRecord() {
        Schema present = CustomerEvent.getClassSchema();
        Schema other = Schemas.edited(
                present,
                event -> event.remove("requestId")
                        .addFirst("tenant", "[\"null\", \"string\"]", "null")
                        .addSymbol("dev.standing.avro.EventType", "CUSTOMER_MERGED"));
        GenericRecord written = generic(other, SampleRecords.event());
        written.put("tenant", "t-1");
        written.put("type", new GenericData.EnumSymbol(other.getField("type").schema(), "CUSTOMER_MERGED"));

        byte[] bytes = confluent.serializer(REGISTERING).serialize(topic, written);
        CustomerEvent ours = (CustomerEvent) deserializer(CustomerEvent.class).deserialize(topic, bytes);
        Object theirs = confluent
                .deserializer(Map.of("specific.avro.reader", true, "specific.avro.value.type", CustomerEvent.class))
                .deserialize(topic, bytes);

        assertThat(ours).isEqualTo(theirs);
        assertThat(ours.getType()).isEqualTo(EventType.UNKNOWN);
        assertThat(ours.getRequestId()).isEmpty();
        assertThat(ours.getStateChanged()).isEqualTo(SampleRecords.event().getStateChanged());
    }

    @Test
    void aReaderWithAnotherVersionReadsWhatOursWrites() {
        Schema other = Schemas.edited(
                Customer.getClassSchema(),
                customer -> customer.remove("externalId")
                        .addFirst("tenant", "[\"null\", \"string\"]", "null")
                        .removeSymbol("dev.standing.avro.CustomerState", "BLOCKED"));

        GenericRecord read = confluent.read(serializer(REGISTERING).serialize(topic, SampleRecords.customer()), other);

        assertThat(read.hasField("externalId")).isFalse();
        assertThat(read.get("tenant")).isNull();
        assertThat(read.get("customerId")).hasToString("c-1");
        assertThat(read.get("plannedChanges").toString()).contains("\"state\": \"UNKNOWN\"");
        assertThat((Map<?, ?>) read.get("attributes")).hasSize(2);
        assertThat(read.get("registeredAt")).isEqualTo(SampleRecords.TIME.toEpochMilli());
    }

    /** Ours does not write references; Confluent's other clients do. */
    @Test
    void bothFollowReferences() throws Exception {
        String state = TestedRegistry.topic();
        String claim = Schemas.edited(
                        ExternalIdClaim.getClassSchema(),
                        edited -> edited.addFirst(
                                "state", "{\"type\": \"enum\", \"name\": \"Referred\", \"symbols\": [\"A\", \"B\"]}"))
                .toString();
        String referred =
                "{\"type\":\"enum\",\"name\":\"Referred\",\"namespace\":\"dev.standing.avro\",\"symbols\":[\"A\",\"B\"]}";
        String referring = claim.replaceFirst(
                "\\{\"type\":\"enum\",\"name\":\"Referred\"[^}]*}", "\"dev.standing.avro.Referred\"");
        assertThat(referring).as("there is a reference").isNotEqualTo(claim);
        post(state, "{\"schema\": " + quoted(referred) + "}");
        int id = post(
                topic + "-value",
                "{\"schema\": " + quoted(referring)
                        + ", \"references\": [{\"name\": \"dev.standing.avro.Referred\", \"subject\": \"" + state
                        + "\", \"version\": 1}]}");
        byte[] payload = new AvroPayload<>(ExternalIdClaim.class).encode(SampleRecords.claim());
        byte[] withState = new byte[payload.length + 1];
        System.arraycopy(payload, 0, withState, 1, payload.length);
        byte[] bytes = WireFormat.frame(id, withState);

        assertThat(deserializer(ExternalIdClaim.class).deserialize(topic, bytes))
                .isEqualTo(SampleRecords.claim());
        assertThat(confluent.read(bytes, ExternalIdClaim.getClassSchema()).get("customerId"))
                .hasToString("c-1");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static int post(String subject, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        assertThat(answer).containsPattern("\"id\"\\s*:\\s*\\d+");
        return Integer.parseInt(answer.replaceFirst("(?s).*\"id\"\\s*:\\s*(\\d+).*", "$1"));
    }

    @Test
    void anUnknownIdIsTheSameErrorToBoth() {
        byte[] bytes = WireFormat.frame(1_999_999_999, new byte[3]);

        assertThat(ErrorKind.ours(() -> deserializer(Customer.class).deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
        assertThat(ErrorKind.theirs(() -> confluent.deserializer().deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
    }

    @Test
    void bytesInNoWireFormatAreTheSameErrorToBoth() {
        byte[] bytes = serializer(REGISTERING).serialize(topic, SampleRecords.claim());
        bytes[0] = 1;

        assertThat(ErrorKind.ours(() -> deserializer(ExternalIdClaim.class).deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.WRONG_MAGIC_BYTE);
        assertThat(ErrorKind.theirs(() -> confluent.deserializer().deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.WRONG_MAGIC_BYTE);
    }

    @Test
    void aRecordThatWasCutOffIsTheSameErrorToBoth() {
        byte[] whole = serializer(REGISTERING).serialize(topic, SampleRecords.event());
        byte[] bytes = Arrays.copyOf(whole, whole.length - 2);

        assertThat(ErrorKind.ours(() -> deserializer(CustomerEvent.class).deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.CORRUPT);
        assertThat(ErrorKind.theirs(() -> confluent.deserializer().deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.CORRUPT);
    }

    @Test
    void aSchemaThatTheRegistryRefusesIsTheSameErrorToBoth() {
        client.setCompatibility(topic + "-value", CompatibilityLevel.FULL_TRANSITIVE);
        Schema earlier =
                Schemas.edited(ExternalIdClaim.getClassSchema(), claim -> claim.addFirst("mandatory", "\"string\""));
        client.register(topic + "-value", earlier);
        SpecificRecord record = SampleRecords.claim();

        assertThat(ErrorKind.ours(() -> serializer(REGISTERING).serialize(topic, record)))
                .isEqualTo(ErrorKind.INCOMPATIBLE);
        assertThat(ErrorKind.theirs(() -> confluent.serializer(REGISTERING).serialize(topic, record)))
                .isEqualTo(ErrorKind.INCOMPATIBLE);
    }

    @Test
    void aSchemaThatIsNotRegisteredIsTheSameErrorToBoth() {
        SpecificRecord record = SampleRecords.claim();

        assertThat(ErrorKind.ours(() -> serializer(LOOKING_UP).serialize(topic, record)))
                .isEqualTo(ErrorKind.NOT_REGISTERED);
        assertThat(ErrorKind.theirs(() -> confluent.serializer(LOOKING_UP).serialize(topic, record)))
                .isEqualTo(ErrorKind.NOT_REGISTERED);
    }

    @Test
    void aRegistryThatIsAwayIsTheSameErrorToBoth() {
        byte[] bytes = serializer(REGISTERING).serialize(topic, SampleRecords.claim());
        Serializer<Object> writing = confluent.serializer(Map.of("schema.registry.url", NOBODY));
        Deserializer<Object> reading =
                confluent.deserializer(Map.of("schema.registry.url", NOBODY, "specific.avro.reader", true));

        assertThat(ErrorKind.ours(() -> serializer(NOBODY, REGISTERING).serialize(topic, SampleRecords.claim())))
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(ErrorKind.theirs(() -> writing.serialize(topic, SampleRecords.claim())))
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(ErrorKind.ours(
                        () -> deserializer(NOBODY, ExternalIdClaim.class).deserialize(topic, bytes)))
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(ErrorKind.theirs(() -> reading.deserialize(topic, bytes))).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    /** The one difference that is meant: what follows a record is no part of it, and nobody would see it. */
    @Test
    void oursAloneRefusesWhatFollowsARecord() {
        byte[] whole = serializer(REGISTERING).serialize(topic, SampleRecords.claim());
        byte[] bytes = Arrays.copyOf(whole, whole.length + 1);

        assertThat(confluent.deserializer().deserialize(topic, bytes)).isEqualTo(SampleRecords.claim());
        assertThatThrownBy(() -> deserializer(ExternalIdClaim.class).deserialize(topic, bytes))
                .isInstanceOf(UndecodableRecordException.class);
    }

    /** The record as another version of its schema has it. */
    private static GenericRecord generic(Schema schema, SpecificRecord record) {
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(Schemas.encode(schema, record), null));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
