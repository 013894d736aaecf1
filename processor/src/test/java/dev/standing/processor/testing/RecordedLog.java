package dev.standing.processor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.Event;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventMapping;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The events of a topic, read from its bytes. */
public final class RecordedLog {

    private final AvroPayload<CustomerEvent> payloads = new AvroPayload<>(CustomerEvent.class);
    private final Map<String, List<Event>> events = new TreeMap<>();
    private final Map<String, Sha256> heads = new HashMap<>();

    /** Takes the next record, whose hash of the one before it must be right. */
    public void add(byte[] key, byte[] value) {
        WireFormat.Frame frame = WireFormat.read(value);
        CustomerEvent event = payloads.decode(value, frame.offset(), frame.length(), payloads.schema());
        String customerId = event.getCustomerId();
        assertThat(new String(key, UTF_8)).isEqualTo(customerId);
        assertThat(event.getPreviousHash())
                .as("previous hash of %s", event.getEventId())
                .isEqualTo(Optional.ofNullable(heads.get(customerId)));
        byte[] payload = new byte[frame.length()];
        System.arraycopy(value, frame.offset(), payload, 0, frame.length());
        heads.put(customerId, EventChain.hash(payload));
        events.computeIfAbsent(customerId, unused -> new ArrayList<>()).add(EventMapping.toDomain(event));
    }

    /** All events so far, by customer, in their order. */
    public Map<String, List<Event>> events() {
        return events;
    }

    /** The hash of the last event of each customer. */
    public Map<String, Sha256> heads() {
        return heads;
    }
}
