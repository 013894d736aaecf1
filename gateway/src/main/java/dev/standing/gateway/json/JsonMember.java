package dev.standing.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A member of a JSON object, which may be absent. Values are taken as they are: a number is no string.
 *
 * @param name its name
 * @param path its name with those of the objects around it, for messages
 * @param value its value; empty: it is absent, which is not the same as null
 */
public record JsonMember(String name, String path, Optional<JsonNode> value) {

    /** Whether the member is there, even if it is null. */
    public boolean isPresent() {
        return value.isPresent();
    }

    /** Whether there is a value: the member is there and not null. */
    public boolean hasValue() {
        return value.filter(node -> !node.isNull()).isPresent();
    }

    /**
     * The string.
     *
     * @throws InvalidMemberException if it is absent, null or something else
     */
    public String text() {
        JsonNode node = required("a string");
        if (!node.isTextual()) {
            throw mustBe("a string", node);
        }
        return node.textValue();
    }

    /**
     * The string; empty if the member is absent or null.
     *
     * @throws InvalidMemberException if it is something else
     */
    public Optional<String> optionalText() {
        return optional(JsonMember::text);
    }

    /**
     * The object.
     *
     * @throws InvalidMemberException if it is absent, null or something else
     */
    public JsonObject object() {
        return JsonObject.at(required("an object"), path);
    }

    /**
     * The object; empty if the member is absent or null.
     *
     * @throws InvalidMemberException if it is something else
     */
    public Optional<JsonObject> optionalObject() {
        return optional(JsonMember::object);
    }

    /**
     * The objects of the array, in their order; the path of each has its index.
     *
     * @throws InvalidMemberException if it is absent, null or something else, or something in it is no object
     */
    public List<JsonObject> objects() {
        JsonNode node = required("an array");
        if (!node.isArray()) {
            throw mustBe("an array", node);
        }
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : node) {
            objects.add(JsonObject.at(element, path + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /**
     * The truth value.
     *
     * @throws InvalidMemberException if it is absent, null or something else
     */
    public boolean bool() {
        JsonNode node = required("a boolean");
        if (!node.isBoolean()) {
            throw mustBe("a boolean", node);
        }
        return node.booleanValue();
    }

    /**
     * The constant that the string names, letter by letter.
     *
     * @throws InvalidMemberException if it names none, or the member is absent, null or no string
     */
    public <E extends Enum<E>> E oneOf(Class<E> type) {
        String text = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw problem(path + " must be one of " + names(type) + ", not \"" + IsoInstant.shortened(text) + "\"");
    }

    /**
     * The instant; empty if the member is absent or null ({@code semantics.md} section 5): an ISO 8601 date and time
     * with an offset, cut off at milliseconds.
     *
     * @throws InvalidMemberException if it is something else, or no day of the calendar
     */
    public Optional<Instant> optionalInstant() {
        return optional(member -> IsoInstant.parse(path, member.text()));
    }

    /** What is wrong with this member. */
    public InvalidMemberException problem(String message) {
        return new InvalidMemberException(path, message);
    }

    /** What a value is, for messages: {@code a number}. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "null";
            case STRING, BINARY -> "a string";
            case NUMBER, BOOLEAN -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private <T> Optional<T> optional(Function<JsonMember, T> reading) {
        return hasValue() ? Optional.of(reading.apply(this)) : Optional.empty();
    }

    private JsonNode required(String kind) {
        JsonNode node = value.orElseThrow(() -> problem(path + " is missing; it must be " + kind));
        if (node.isNull()) {
            throw mustBe(kind, node);
        }
        return node;
    }

    private InvalidMemberException mustBe(String kind, JsonNode node) {
        return problem(path + " must be " + kind + ", not " + kind(node));
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(constant.name());
        }
        return names.toString();
    }
}
