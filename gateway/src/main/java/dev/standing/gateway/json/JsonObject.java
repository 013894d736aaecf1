package dev.standing.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An object of a JSON document, which knows where in the document it stands. */
public final class JsonObject {

    private final JsonNode node;
    private final String path;

    private JsonObject(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * The object that the document is.
     *
     * @throws InvalidMemberException if it is something else
     */
    public static JsonObject root(JsonNode document) {
        return at(document, "");
    }

    /**
     * The object at a path.
     *
     * @param path what the names of its members are to be preceded by; empty: the whole document
     * @throws InvalidMemberException if it is something else
     */
    public static JsonObject at(JsonNode node, String path) {
        if (!node.isObject()) {
            String name = path.isEmpty() ? "The body" : path;
            throw new InvalidMemberException(path, name + " must be an object, not " + JsonMember.kind(node));
        }
        return new JsonObject(node, path);
    }

    /** The path of this object; empty for the whole document. */
    public String path() {
        return path;
    }

    /**
     * This object, if all its members have one of the names.
     *
     * @throws InvalidMemberException naming the first that has not
     */
    public JsonObject only(String... names) {
        List<String> known = Arrays.asList(names);
        for (JsonMember member : members()) {
            if (!known.contains(member.name())) {
                throw member.problem(member.path() + " is unknown; known here are " + String.join(", ", known));
            }
        }
        return this;
    }

    /** The member of a name, which may be absent. */
    public JsonMember member(String name) {
        return new JsonMember(name, pathOf(name), Optional.ofNullable(node.get(name)));
    }

    /** All members that are there, in their order. */
    public List<JsonMember> members() {
        List<JsonMember> members = new ArrayList<>();
        node.properties()
                .forEach(entry -> members.add(
                        new JsonMember(entry.getKey(), pathOf(entry.getKey()), Optional.of(entry.getValue()))));
        return members;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
