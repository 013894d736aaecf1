package dev.standing.audit.export;

import static dev.standing.audit.export.format.Column.optional;
import static dev.standing.audit.export.format.Column.required;
import static dev.standing.audit.export.format.ColumnType.INTEGER;
import static dev.standing.audit.export.format.ColumnType.LONG;
import static dev.standing.audit.export.format.ColumnType.TEXT;
import static dev.standing.audit.export.format.ColumnType.TIMESTAMP;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.export.format.Column;
import dev.standing.audit.export.format.ColumnType;
import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.history.HeldState;
import dev.standing.audit.log.Place;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/** Where customers stood: one row a customer, with the event that decided it. The same columns in all formats. */
public final class StateShape implements RowShape<GenericRecord> {

    private static final List<Column<HeldState>> OF_ANSWERS = List.of(
            required("customerId", TEXT, "Who stood there.", HeldState::customerId),
            optional(
                    "externalId",
                    TEXT,
                    "The other name of the customer.",
                    held -> held.standing().known().externalId()),
            required(
                    "version",
                    LONG,
                    "The customer's version, as known then.",
                    held -> held.standing().known().version()),
            required(
                    "state",
                    TEXT,
                    "The state that held.",
                    held -> held.standing().state().state().name()),
            required(
                    "stateReason",
                    TEXT,
                    "Its reason.",
                    held -> held.standing().state().reason()),
            required(
                    "stateValidFrom",
                    TIMESTAMP,
                    "From when it held.",
                    held -> held.standing().state().validFrom()),
            required("recordedAt", TIMESTAMP, "When that was decided.", by(Event::recordedAt)),
            required("eventId", TEXT, "The event that decided it.", by(Event::eventId)),
            required("sequence", LONG, "That event's number within the customer.", by(Event::sequence)),
            required(
                    "partition",
                    INTEGER,
                    "Where that event lies: the partition of the topic.",
                    held -> place(held).partition()),
            required(
                    "offset",
                    LONG,
                    "Where that event lies: the offset in the partition.",
                    held -> place(held).offset()),
            required(
                    "commandId",
                    TEXT,
                    "The command that caused or planned it.",
                    by(event -> event.origin().commandId())),
            optional(
                    "requestId",
                    TEXT,
                    "The request of that command.",
                    held -> held.standing().decidedBy().origin().requestId()),
            required(
                    "source",
                    TEXT,
                    "Who sent that command.",
                    by(event -> event.origin().source())),
            required("policyVersion", TEXT, "The policy that decided.", by(Event::policyVersion)),
            optional("cause", TEXT, "What changed it; none for the registration.", StateShape::cause));

    private static final Schema SCHEMA = schemaOfAnswers();
    private static final List<Column<GenericRecord>> COLUMNS =
            OF_ANSWERS.stream().map(StateShape::ofRecords).toList();

    private static Function<HeldState, Object> by(Function<Event, Object> value) {
        return held -> value.apply(held.standing().decidedBy());
    }

    private static Place place(HeldState held) {
        return held.place()
                .orElseThrow(() ->
                        new IllegalArgumentException("What held as known in the past was decided by what is recorded"));
    }

    private static Optional<?> cause(HeldState held) {
        return held.standing().decidedBy().fact() instanceof Fact.StateChanged changed
                ? Optional.of(changed.cause().name())
                : Optional.empty();
    }

    private static Schema schemaOfAnswers() {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("CustomerAsOf")
                .namespace("dev.standing.avro")
                .doc("Where a customer stood at a point in time.")
                .fields();
        for (Column<HeldState> column : OF_ANSWERS) {
            Schema type = type(column.type());
            SchemaBuilder.FieldBuilder<Schema> field =
                    fields.name(column.name()).doc(column.meaning());
            if (column.required()) {
                field.type(type).noDefault();
            } else {
                field.type(Schema.createUnion(Schema.create(Schema.Type.NULL), type))
                        .withDefault(null);
            }
        }
        return fields.endRecord();
    }

    private static Schema type(ColumnType type) {
        return switch (type) {
            case TEXT -> Schema.create(Schema.Type.STRING);
            case INTEGER -> Schema.create(Schema.Type.INT);
            case LONG -> Schema.create(Schema.Type.LONG);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        };
    }

    private static Column<GenericRecord> ofRecords(Column<HeldState> column) {
        return new Column<>(column.name(), column.type(), column.required(), column.meaning(), row -> {
            Optional<Object> value = Optional.ofNullable(row.get(column.name()));
            return switch (column.type()) {
                case TIMESTAMP -> value.map(millis -> Instant.ofEpochMilli((Long) millis));
                // As a decoder makes them.
                case TEXT -> value.map(Object::toString);
                case INTEGER, LONG, BOOLEAN -> value;
            };
        });
    }

    /**
     * The row of an answer.
     *
     * @throws IllegalArgumentException if the deciding event is not recorded
     */
    static GenericRecord row(HeldState held) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        for (Column<HeldState> column : OF_ANSWERS) {
            column.value()
                    .apply(held)
                    .ifPresent(value ->
                            row.put(column.name(), value instanceof Instant instant ? instant.toEpochMilli() : value));
        }
        return row;
    }

    @Override
    public String prefix() {
        return "states";
    }

    @Override
    public Place place(GenericRecord row) {
        return new Place((Integer) row.get("partition"), (Long) row.get("offset"));
    }

    @Override
    public Instant recordedAt(GenericRecord row) {
        return Instant.ofEpochMilli((Long) row.get("recordedAt"));
    }

    @Override
    public List<Column<GenericRecord>> columns() {
        return COLUMNS;
    }

    @Override
    public ObjectNode json(GenericRecord row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Column<GenericRecord> column : COLUMNS) {
            Optional<?> value = column.value().apply(row);
            if (value.isPresent() && value.get() instanceof Number number) {
                json.put(column.name(), number.longValue());
            } else {
                json.put(column.name(), value.map(Object::toString).orElse(null));
            }
        }
        return json;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public IndexedRecord avro(GenericRecord row) {
        return row;
    }
}
