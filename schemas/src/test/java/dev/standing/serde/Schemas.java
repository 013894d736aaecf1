package dev.standing.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** Other versions of the schemas, and what their writers would write. */
public final class Schemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    /** A schema to be changed. */
    public static final class Editor {

        private final JsonNode root;
        private final ObjectNode record;

        private Editor(JsonNode root, ObjectNode record) {
            this.root = root;
            this.record = record;
        }

        /** A type within it. */
        public Editor type(String fullName) {
            return new Editor(root, (ObjectNode) find(root, fullName));
        }

        public Editor remove(String field) {
            ArrayNode fields = (ArrayNode) record.get("fields");
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).get("name").asText().equals(field)) {
                    fields.remove(i);
                    return this;
                }
            }
            throw new IllegalArgumentException(field);
        }

        public Editor addFirst(String name, String type) {
            ((ArrayNode) record.get("fields")).insert(0, field(name, type));
            return this;
        }

        public Editor addFirst(String name, String type, String defaultValue) {
            ObjectNode field = field(name, type);
            field.set("default", json(defaultValue));
            ((ArrayNode) record.get("fields")).insert(0, field);
            return this;
        }

        private static ObjectNode field(String name, String type) {
            return JSON.createObjectNode().put("name", name).set("type", json(type));
        }

        private static JsonNode json(String text) {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public Editor addSymbol(String fullName, String symbol) {
            ((ArrayNode) find(root, fullName).get("symbols")).insert(0, symbol);
            return this;
        }

        public Editor removeSymbol(String fullName, String symbol) {
            ArrayNode symbols = (ArrayNode) find(root, fullName).get("symbols");
            for (int i = 0; i < symbols.size(); i++) {
                if (symbols.get(i).asText().equals(symbol)) {
                    symbols.remove(i);
                    return this;
                }
            }
            throw new IllegalArgumentException(symbol);
        }

        /** Removes the default that an enum's reader takes for a symbol that it does not know. */
        public Editor removeDefaultSymbol(String fullName) {
            ((ObjectNode) find(root, fullName)).remove("default");
            return this;
        }

        /** Sets a property of the type itself, such as its name. */
        public Editor set(String property, String value) {
            record.set(property, json(value));
            return this;
        }

        /** Sets a property of a field, such as its name, its type or its aliases. */
        public Editor set(String field, String property, String value) {
            field(field).set(property, json(value));
            return this;
        }

        public Editor removeDefault(String field) {
            field(field).remove("default");
            return this;
        }

        private ObjectNode field(String name) {
            for (JsonNode field : record.get("fields")) {
                if (field.get("name").asText().equals(name)) {
                    return (ObjectNode) field;
                }
            }
            throw new IllegalArgumentException(name);
        }

        private static JsonNode find(JsonNode node, String fullName) {
            String name = fullName.substring(fullName.lastIndexOf('.') + 1);
            return node.findParents("name").stream()
                    .filter(parent -> parent.get("name").asText().equals(name))
                    .filter(parent -> parent.has("fields") || parent.has("symbols") || parent.has("size"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public static Schema edited(Schema schema, Consumer<Editor> edit) {
        try {
            JsonNode root = JSON.readTree(schema.toString());
            edit.accept(new Editor(root, (ObjectNode) root));
            return new Schema.Parser().parse(root.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a writer of that schema would write for the record. */
    public static byte[] encode(Schema schema, SpecificRecord record) {
        return encode(schema, record, Map.of());
    }

    static byte[] encode(Schema schema, SpecificRecord record, Map<String, Object> more) {
        GenericRecord written = new GenericData.Record(schema);
        GenericRecord given = generic(record);
        schema.getFields().stream()
                .filter(field -> given.hasField(field.name()))
                .forEach(field -> written.put(field.name(), shaped(field.schema(), given.get(field.name()))));
        more.forEach(written::put);
        return encode(schema, (Object) written);
    }

    /** The same with all symbols of one name replaced. */
    static byte[] encodeReplacing(Schema schema, SpecificRecord record, String symbol, String other) {
        GenericRecord written = (GenericRecord) shaped(schema, generic(record));
        replace(written, symbol, other);
        return encode(schema, (Object) written);
    }

    private static void replace(Object value, String symbol, String other) {
        if (value instanceof GenericRecord record) {
            for (Schema.Field field : record.getSchema().getFields()) {
                Object inner = record.get(field.pos());
                if (inner instanceof GenericData.EnumSymbol given
                        && given.toString().equals(symbol)) {
                    record.put(field.pos(), new GenericData.EnumSymbol(given.getSchema(), other));
                } else {
                    replace(inner, symbol, other);
                }
            }
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> replace(item, symbol, other));
        }
    }

    /** A value of a field's type, from JSON. */
    static Object generic(Schema schema, String field, String json) {
        Schema type = schema.getField(field).schema();
        try {
            return new GenericDatumReader<>(type)
                    .read(null, DecoderFactory.get().jsonDecoder(type, json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static GenericRecord generic(SpecificRecord record) {
        byte[] bytes = new AvroPayload<>((Class<SpecificRecord>) record.getClass()).encode(record);
        try {
            return new GenericDatumReader<GenericRecord>(record.getSchema())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same value for another version of its type: fields by name, symbols by name. */
    private static Object shaped(Schema schema, Object value) {
        if (schema.getType() == Schema.Type.UNION) {
            return value == null ? null : shaped(schema.getTypes().get(1), value);
        }
        if (value instanceof GenericRecord record) {
            GenericRecord copy = new GenericData.Record(schema);
            schema.getFields()
                    .forEach(field -> copy.put(field.name(), shaped(field.schema(), record.get(field.name()))));
            return copy;
        }
        if (value instanceof GenericData.EnumSymbol symbol) {
            return new GenericData.EnumSymbol(schema, symbol.toString());
        }
        if (value instanceof Iterable<?> items && schema.getType() == Schema.Type.ARRAY) {
            GenericData.Array<Object> copy = new GenericData.Array<>(10, schema);
            items.forEach(item -> copy.add(shaped(schema.getElementType(), item)));
            return copy;
        }
        return value;
    }

    private static byte[] encode(Schema schema, Object datum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
