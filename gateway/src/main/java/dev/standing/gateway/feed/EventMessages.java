package dev.standing.gateway.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.json.EventJson;
import dev.standing.registry.RegistryException;
import dev.standing.serde.UndecodableRecordException;
import dev.standing.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events as the history shows them, with their customer. What can never be read is a message of its own, of the type
 * {@code Undecodable}: it is neither hidden from those who follow, nor does it keep them from what comes after.
 */
final class EventMessages implements EventRendering {

    private static final Logger LOG = LoggerFactory.getLogger(EventMessages.class);
    private static final String UNDECODABLE = "Undecodable";
    private static final String EMPTY = "EMPTY";
    private static final String UNEXPECTED = "UNEXPECTED";

    private final Deserializer<CustomerEvent> deserializer;

    EventMessages(Deserializer<CustomerEvent> deserializer) {
        this.deserializer = deserializer;
    }

    @Override
    public FeedEvent render(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode json = json(record);
        // JSON has no line breaks but escaped ones, so that one line of data holds it.
        String body = "event: " + json.get("type").textValue() + "\ndata: " + json + "\n\n";
        return new FeedEvent(record.partition(), record.offset(), record.key(), body);
    }

    private ObjectNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            CustomerEvent event = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (event == null) {
                return undecodable(record, EMPTY);
            }
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("customerId", event.getCustomerId());
            json.setAll(EventJson.of(event, hash(record)));
            return json;
        } catch (RegistryException e) {
            throw e;
        } catch (UndecodableRecordException e) {
            LOG.warn("{} cannot be read", place(record), e);
            return undecodable(record, e.reason().name());
        } catch (RuntimeException e) {
            // Whatever it is, it would be so again: all that comes after would wait for ever.
            LOG.error("{} cannot be shown", place(record), e);
            return undecodable(record, UNEXPECTED);
        }
    }

    private static Sha256 hash(ConsumerRecord<byte[], byte[]> record) {
        WireFormat.Frame frame = WireFormat.read(record.headers(), false, record.value());
        return EventChain.hash(Arrays.copyOfRange(record.value(), frame.offset(), frame.offset() + frame.length()));
    }

    private static ObjectNode undecodable(ConsumerRecord<byte[], byte[]> record, String reason) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("customerId", key(record).orElse(null))
                .put("type", UNDECODABLE)
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("reason", reason);
    }

    private static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
