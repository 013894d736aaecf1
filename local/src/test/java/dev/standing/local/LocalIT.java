package dev.standing.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.SubordinateUpdate;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One local run, used as a newcomer uses it. */
class LocalIT {

    @TempDir
    private static Path directory;

    private static LocalProcess local;

    @BeforeAll
    static void start() throws Exception {
        local = LocalProcess.local(directory, directory.resolve("data")).awaitReady();
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void itSaysWhereItsKeyIs() {
        assertThat(local.output()).contains("KEY=\"$(cat '" + local.credentials() + "')\"");
    }

    @Test
    void bothApisChangeTheStateOfACustomer() throws Exception {
        HttpResponse<String> registered = local.postForResponse("/v1/customers", """
                {"requestId": "r-1", "customerId": "both", "state": {"state": "INACTIVE", "stateReason": "dfltInactive"}}""");
        JsonNode called = local.post(
                "/jsonrpc", """
                {"method": "CustomerService.UpdateCustomerStatus", "id": "1", "params": {
                  "api": {"signature": "not needed", "keyId": "%s", "credential": "%s"},
                  "payload": {"ID": "both", "status": "ACTIVE", "notes": "Testing Update"}}}""".formatted(local.key().keyId(), local.key().basic()));
        JsonNode updated = local.post("/v1/customers/state", suspension("r-2", "both"));

        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(called).hasToString("{\"id\":\"1\",\"result\":{\"Id\":\"both\",\"Status\":\"ACTIVE\"}}");
        assertThat(updated.at("/status").textValue()).isEqualTo("APPLIED");
        assertThat(updated.at("/customer/state/stateValidFrom").textValue()).isEqualTo("2024-04-30T22:00:00Z");
        assertThat(EventLog.of(local, "both"))
                .extracting(CustomerEvent::getType)
                .containsExactly(EventType.CUSTOMER_REGISTERED, EventType.STATE_CHANGED, EventType.STATE_CHANGED);
    }

    @Test
    void theSameRequestAgainIsAnsweredAndDoesNothing() throws Exception {
        local.post("/v1/customers", "{\"requestId\": \"r-1\", \"customerId\": \"again\"}");
        JsonNode first = local.post("/v1/customers/state", suspension("r-2", "again"));
        JsonNode second = local.post("/v1/customers/state", suspension("r-2", "again"));

        assertThat(first.at("/replayed").booleanValue()).isFalse();
        assertThat(second.at("/replayed").booleanValue()).isTrue();
        assertThat(second.at("/commandId")).isEqualTo(first.at("/commandId"));
        assertThat(EventLog.of(local, "again")).hasSize(2);
    }

    @Test
    void subordinatesFollowTheirCustomer() throws Exception {
        String hierarchy = "/v1/customers/family/subordinates";
        local.post("/v1/customers", "{\"requestId\": \"r-1\", \"customerId\": \"family\"}");
        HttpResponse<String> registered = local.postForResponse(hierarchy, """
                {"requestId": "r-2", "subordinates": [{"type": "ACCOUNT", "id": "a/1"}, {"type": "ACCOUNT", "id": "a-2"},
                  {"type": "SUBSCRIPTION", "id": "s", "parent": {"type": "ACCOUNT", "id": "a/1"}}]}""");
        JsonNode before = local.get(hierarchy + "?limit=2");
        local.post("/v1/customers/state", """
                {"requestId": "r-3", "customer": {"refId": "family"}, "subordinateUpdated": true,
                  "state": {"state": "SUSPENDED", "stateReason": "dfltSuspended"}}""");

        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        assertThat(before.get("subordinates").findValuesAsText("state")).containsExactly("ACTIVE", "ACTIVE");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(local.get(hierarchy).toString())
                        .isEqualTo("{\"subordinates\":[" + suspended("ACCOUNT", "a-2", "null") + ","
                                + suspended("ACCOUNT", "a/1", "null") + ","
                                + suspended("SUBSCRIPTION", "s", "{\"type\":\"ACCOUNT\",\"id\":\"a/1\"}")
                                + "],\"next\":null}"));
        assertThat(local.get(hierarchy + "?after=" + before.get("next").textValue())
                        .get("subordinates")
                        .findValuesAsText("id"))
                .startsWith("s");
        assertThat(EventLog.updates(local, "family"))
                .extracting(SubordinateUpdate::getUpdateId)
                .containsExactly("family:5/ACCOUNT/a-2", "family:5/ACCOUNT/a%2F1", "family:5/SUBSCRIPTION/s");

        HttpResponse<String> parent = local.delete(hierarchy + "/ACCOUNT/a%2F1", "r-4");
        HttpResponse<String> child = local.delete(hierarchy + "/SUBSCRIPTION/s", "r-5");
        HttpResponse<String> again = local.delete(hierarchy + "/SUBSCRIPTION/s", "r-6");

        assertThat(parent.statusCode()).isEqualTo(422);
        assertThat(parent.body()).contains("INVALID_HIERARCHY", "ACCOUNT a/1 has children");
        assertThat(child.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(local.get("/v1/customers/family/events?after=5")
                        .get("events")
                        .findValuesAsText("type"))
                .containsSubsequence("CascadeCompleted", "SubordinateRemoved");
    }

    private static String suspended(String type, String id, String parent) {
        return "{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"parent\":" + parent
                + ",\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\"}";
    }

    @Test
    void whatIsNoCommandIsDeadLetteredAndTheNextCommandAnswered() throws Exception {
        local.post("/v1/customers", "{\"requestId\": \"r-1\", \"customerId\": \"poisoned\"}");
        byte[] rubbish = "no command at all".getBytes(UTF_8);
        Map<String, Object> settings = Map.of("bootstrap.servers", local.address("Kafka"));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("standing.commands", "poisoned", rubbish))
                    .get();
        }
        JsonNode next = local.post("/v1/customers/state", suspension("r-2", "poisoned"));

        assertThat(next.at("/status").textValue()).isEqualTo("APPLIED");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(EventLog.deadLetters(local))
                        .extracting(ConsumerRecord::value)
                        .containsExactly(rubbish));
    }

    @Test
    void aSecondRunOnTheSameDirectoryIsRefused() throws Exception {
        try (LocalProcess second = LocalProcess.local(directory, directory.resolve("data"))) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .contains(directory.resolve("data").toString())
                    .contains("pid " + local.pid())
                    .doesNotContain("READY");
        }
    }

    @Test
    void aTakenPortIsNamedWithItsOption() throws Exception {
        String port = local.address("Kafka").replaceAll(".*:", "");
        try (LocalProcess second = LocalProcess.local(directory, directory.resolve("other"), "--kafka-port", port)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("Port " + port + ", for Kafka")
                    .contains("--kafka-port")
                    .doesNotContain("READY");
        }
    }

    @Test
    void theServicesRunOnTheirOwnAgainstTheSameKafka() throws Exception {
        String kafka = "kafka.bootstrap.servers=" + local.address("Kafka") + "\nschema.registry.url="
                + local.address("Schema registry") + "\n";
        Path same = Files.writeString(directory.resolve("same.properties"), kafka);
        Path other = Files.writeString(directory.resolve("other.properties"), kafka + "topics.partitions=5\n");
        for (List<String> arguments : List.of(
                List.of("topics", "--config", same.toString()),
                List.of("topics", "--check", "--config", same.toString()))) {
            try (LocalProcess topics = LocalProcess.run(directory, arguments.toArray(String[]::new))) {
                assertThat(topics.awaitExit()).as(topics.output()).isZero();
            }
        }
        try (LocalProcess topics = LocalProcess.run(directory, "topics", "--config", other.toString())) {
            assertThat(topics.awaitExit()).isEqualTo(1);
            assertThat(topics.output())
                    .contains("standing.commands")
                    .contains("12")
                    .contains("5");
        }
    }

    static String suspension(String requestId, String customerId) {
        return """
                {"requestId": "%s", "customer": {"refId": "%s"}, "state": {"state": "SUSPENDED",
                  "stateReason": "dfltSuspended", "stateValidFrom": "2024-05-01T00:00:00+02:00"}}""".formatted(requestId, customerId);
    }
}
