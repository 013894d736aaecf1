package dev.standing.audit.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.export.format.Column;
import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerRegistered;
import dev.standing.avro.Sha256;
import dev.standing.mapping.json.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Events. In JSON as REST shows them, with their place and customer. In Avro they are CustomerEvents with three fields
 * more, {@code partition}, {@code offset} and {@code hash}, which who reads with the schema of the topic does not see.
 */
public final class EventShape implements RowShape<LoggedEvent> {

    private static final int OWN_FIELDS =
            CustomerEvent.getClassSchema().getFields().size();
    private static final Schema SCHEMA = extended(CustomerEvent.getClassSchema());

    private static Schema extended(Schema topic) {
        List<Schema.Field> fields = new ArrayList<>();
        topic.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("partition", Schema.create(Schema.Type.INT), "Where it lies."));
        fields.add(new Schema.Field("offset", Schema.create(Schema.Type.LONG), "Where it lies in the partition."));
        fields.add(new Schema.Field(
                "hash", Sha256.getClassSchema(), "SHA-256 of its payload exactly as it lies in the log."));
        return Schema.createRecord(topic.getName(), topic.getDoc(), topic.getNamespace(), false, fields);
    }

    @Override
    public String prefix() {
        return "events";
    }

    @Override
    public Place place(LoggedEvent row) {
        return row.place();
    }

    @Override
    public Instant recordedAt(LoggedEvent row) {
        return row.event().getRecordedAt();
    }

    @Override
    public List<Column<LoggedEvent>> columns() {
        return EventColumns.ALL;
    }

    @Override
    public ObjectNode json(LoggedEvent row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partition", row.place().partition());
        json.put("offset", row.place().offset());
        json.put("customerId", row.event().getCustomerId());
        json.setAll(EventJson.of(sorted(row.event()), row.hash()));
        return json;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public IndexedRecord avro(LoggedEvent row) {
        return new Extended(new LoggedEvent(row.place(), sorted(row.event()), row.hash()));
    }

    /** The same event, with its attributes by name. */
    private static CustomerEvent sorted(CustomerEvent event) {
        if (event.getCustomerRegistered().isEmpty()) {
            return event;
        }
        CustomerRegistered registered = event.getCustomerRegistered().get();
        if (registered.getAttributes().size() < 2) {
            return event;
        }
        // Field by field: builders copy deeply, and put maps into hash maps.
        CustomerEvent copy = new CustomerEvent();
        for (int field = 0; field < OWN_FIELDS; field++) {
            copy.put(field, event.get(field));
        }
        copy.put(
                SCHEMA.getField("customerRegistered").pos(),
                new CustomerRegistered(
                        registered.getExternalId().orElse(null),
                        registered.getState(),
                        new TreeMap<>(registered.getAttributes())));
        return copy;
    }

    /** An event with its place and hash behind its own fields. */
    private record Extended(LoggedEvent row) implements IndexedRecord {

        @Override
        public Schema getSchema() {
            return SCHEMA;
        }

        @Override
        public Object get(int field) {
            return switch (field - OWN_FIELDS) {
                case 0 -> row.place().partition();
                case 1 -> row.place().offset();
                case 2 -> row.hash();
                default -> row.event().get(field);
            };
        }

        @Override
        public void put(int field, Object value) {
            throw new UnsupportedOperationException("Only read");
        }
    }
}
