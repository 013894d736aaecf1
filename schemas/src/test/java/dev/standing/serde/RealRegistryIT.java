package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.SampleRecords;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.registry.Compatibility;
import dev.standing.registry.CompatibilityLevel;
import dev.standing.registry.RegisteredSchema;
import dev.standing.registry.RegistryConfig;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.OnEmbeddedOnly;
import dev.standing.testing.TestPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client and the serdes against a registry and a broker that are not scripted. */
@OnAnyPlatform
class RealRegistryIT {

    private static final Schema CLAIM = ExternalIdClaim.getClassSchema();
    private static final Schema LATER =
            Schemas.edited(CLAIM, claim -> claim.addFirst("extra", "[\"null\", \"string\"]", "null"));

    private static TestPlatform platform;
    private static SchemaRegistryClient client;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
        client = client();
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
    }

    private static SchemaRegistryClient client() {
        return new SchemaRegistryClient(Map.of(RegistryConfig.URL, platform.registryUrl()));
    }

    @Test
    void givesTheSameIdToWhoeverAsks() {
        assertThat(client.lookUp("same", CLAIM)).isEmpty();
        int id = client.register("same", CLAIM);

        assertThat(client().register("same", CLAIM)).isEqualTo(id);
        assertThat(client().lookUp("same", CLAIM)).contains(id);
        assertThat(client().lookUp("same", LATER)).isEmpty();
        assertThat(client().schema(new SchemaKey.Id(id))).isEqualTo(CLAIM);
    }

    @Test
    void listsTheVersionsOfASubject() {
        int one = client.register("versions", CLAIM);
        int two = client.register("versions", LATER);

        assertThat(client().versions("versions"))
                .containsExactly(
                        new RegisteredSchema("versions", 1, one, CLAIM),
                        new RegisteredSchema("versions", 2, two, LATER));
        assertThat(client().latest("versions")).map(RegisteredSchema::version).contains(2);
        assertThat(client().latest("nothing")).isEmpty();
        assertThat(client().versions("nothing")).isEmpty();
    }

    @Test
    void testsCompatibility() {
        client.setCompatibility("tested", CompatibilityLevel.FULL_TRANSITIVE);
        Schema mandatory = Schemas.edited(CLAIM, claim -> claim.addFirst("mandatory", "\"string\""));

        assertThat(client.compatibility("tested", mandatory).compatible())
                .as("no version yet")
                .isTrue();
        client.register("tested", CLAIM);

        assertThat(client.compatibility("tested", LATER)).isEqualTo(new Compatibility(true, List.of()));
        assertThat(client.compatibility("tested", mandatory).compatible()).isFalse();
    }

    @Test
    @OnEmbeddedOnly("Reasons, as Confluent's registry gives them and Apicurio's does not")
    void tellsWhyAVersionIsNotCompatible() {
        client.setCompatibility("reasoned", CompatibilityLevel.FULL_TRANSITIVE);
        client.register("reasoned", CLAIM);
        Schema mandatory = Schemas.edited(CLAIM, claim -> claim.addFirst("mandatory", "\"string\""));

        assertThat(client.compatibility("reasoned", mandatory).reasons()).isNotEmpty();
    }

    @Test
    void saysThatAnIdIsUnknown() {
        assertThatThrownBy(() -> client.schema(new SchemaKey.Id(999_999)))
                .isInstanceOf(RegistryRejectedException.class)
                .extracting(e -> ((RegistryRejectedException) e).kind())
                .isEqualTo(RegistryRejectedException.Kind.UNKNOWN_SCHEMA);
    }

    @Test
    void carriesRecordsBetweenKafkaClientsThatAreConfiguredByName() throws Exception {
        String topic = "by-name";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        Map<String, Object> writing = Map.of(
                "bootstrap.servers", platform.bootstrapServers(),
                "key.serializer", StringSerializer.class.getName(),
                "value.serializer", AvroSerializer.class.getName(),
                "schema.registry.url", platform.registryUrl(),
                "auto.register.schemas", "true");
        Map<String, Object> reading = Map.of(
                "bootstrap.servers", platform.bootstrapServers(),
                "auto.offset.reset", "earliest",
                "key.deserializer", StringDeserializer.class.getName(),
                "value.deserializer", AvroDeserializer.class.getName(),
                "specific.avro.value.type", CustomerEvent.class.getName(),
                "schema.registry.url", platform.registryUrl());
        try (KafkaProducer<String, CustomerEvent> producer = new KafkaProducer<>(writing);
                KafkaConsumer<String, CustomerEvent> consumer = new KafkaConsumer<>(reading)) {
            producer.send(new ProducerRecord<>(topic, "c-1", SampleRecords.event()))
                    .get();
            producer.send(new ProducerRecord<>(topic, "c-1", null)).get();
            consumer.assign(List.of(new TopicPartition(topic, 0)));

            List<ConsumerRecord<String, CustomerEvent>> read = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                ConsumerRecords<String, CustomerEvent> records = consumer.poll(Duration.ofMillis(200));
                records.forEach(read::add);
                return read.size() == 2;
            });

            assertThat(read.get(0).value()).isEqualTo(SampleRecords.event());
            assertThat(read.get(1).value()).isNull();
        }
        assertThat(client.latest("by-name-value").orElseThrow().schema()).isEqualTo(CustomerEvent.getClassSchema());
    }
}
