package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.avro.CustomerEvent;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.mapping.EventChain;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class EventMessagesTest {

    private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
    private static final StateValue ACTIVE = new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);

    @Test
    void anEventIsShownAsInTheHistoryWithItsCustomer() throws Exception {
        EventChain.Link link = link("plain");

        FeedEvent shown = new EventMessages((topic, data) -> link.event()).render(record(link.payload()));
        JsonNode data = data(shown);

        assertThat(shown.partition()).isEqualTo(3);
        assertThat(shown.offset()).isEqualTo(17);
        assertThat(type(shown)).isEqualTo("StateChanged");
        assertThat(data.get("customerId").textValue()).isEqualTo("c-1");
        assertThat(data.get("sequence").longValue()).isEqualTo(9);
        assertThat(data.get("type").textValue()).isEqualTo("StateChanged");
        assertThat(data.get("hash").textValue()).isEqualTo(hex(link));
        assertThat(data.at("/data/notes").textValue()).isEqualTo("plain");
    }

    @Test
    void lineBreaksWithinAnEventDoNotBreakItsMessage() throws Exception {
        String notes = "one\ntwo\r\nthree\rdata: x\n\nid: 9\n\n";
        EventChain.Link link = link(notes);

        FeedEvent shown = new EventMessages((topic, data) -> link.event()).render(record(link.payload()));

        assertThat(shown.body().lines()).hasSize(3);
        assertThat(ServerSentEvents.parse(shown.message(FeedPosition.of(1))).events())
                .hasSize(1);
        assertThat(data(shown).at("/data/notes").textValue()).isEqualTo(notes);
    }

    @Test
    void whatCanNeverBeReadIsShownAsThatWithItsPlace() throws Exception {
        try (SchemaRegistryClient nobody =
                new SchemaRegistryClient(Map.of("schema.registry.url", "http://localhost:1"))) {
            EventMessages messages = new EventMessages(new AvroDeserializer<>(nobody, CustomerEvent.class, false));

            FeedEvent shown =
                    messages.render(new ConsumerRecord<>("events", 3, 17, utf8("c-1"), utf8("no event of ours")));

            assertThat(type(shown)).isEqualTo("Undecodable");
            assertThat(data(shown))
                    .isEqualTo(new ObjectMapper()
                            .readTree("{\"customerId\":\"c-1\",\"type\":\"Undecodable\",\"partition\":3,\"offset\":17,"
                                    + "\"reason\":\"WRONG_MAGIC_BYTE\"}"));
        }
    }

    @Test
    void aRecordWithoutValueOrKeyIsShownAsUndecodable() throws Exception {
        Deserializer<CustomerEvent> none = (topic, data) -> null;

        JsonNode data = data(new EventMessages(none).render(new ConsumerRecord<>("events", 0, 0, null, null)));

        assertThat(data.get("reason").textValue()).isEqualTo("EMPTY");
        assertThat(data.get("customerId").isNull()).isTrue();
    }

    @Test
    void whatFailsUnexpectedlyIsShownAsUndecodableToo() throws Exception {
        EventMessages messages = new EventMessages((topic, data) -> {
            throw new IllegalStateException("a defect");
        });

        JsonNode data = data(messages.render(record(new byte[0])));

        assertThat(data.get("reason").textValue()).isEqualTo("UNEXPECTED");
    }

    @Test
    void aRegistryThatIsAwayIsNoFaultOfTheRecord() {
        try (SchemaRegistryClient away = new SchemaRegistryClient(
                Map.of("schema.registry.url", "http://localhost:1", "schema.registry.retries", "0"))) {
            EventMessages messages = new EventMessages(new AvroDeserializer<>(away, CustomerEvent.class, false));

            assertThatThrownBy(() -> messages.render(record(new byte[] {1})))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    private static EventChain.Link link(String notes) {
        Fact fact = new Fact.StateChanged(
                ACTIVE, ACTIVE, Fact.ChangeCause.COMMAND, Optional.empty(), Optional.of(notes), false);
        Event event = new Event("c-1", 9, NOON, new Origin("cmd-1", Optional.empty(), "crm"), "default-1", fact);
        return new EventChain().extend(Optional.empty(), List.of(event)).get(0);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] payload) {
        return new ConsumerRecord<>("events", 3, 17, utf8("c-1"), WireFormat.frame(1, payload));
    }

    private static String hex(EventChain.Link link) {
        return HexFormat.of().formatHex(link.hash().bytes());
    }

    private static String type(FeedEvent shown) {
        return ServerSentEvents.parse(shown.body()).events().get(0).type();
    }

    private static JsonNode data(FeedEvent shown) throws Exception {
        return new ObjectMapper()
                .readTree(ServerSentEvents.parse(shown.body()).events().get(0).data());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
