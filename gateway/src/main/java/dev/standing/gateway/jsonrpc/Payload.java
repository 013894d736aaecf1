package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The payload of NetXD's call. The vendor spells its members in several letter cases, so any will do. */
final class Payload {

    static final String ID = "ID";
    static final String STATUS = "status";
    static final String NOTES = "notes";

    private static final List<String> NAMES = List.of(ID, STATUS, NOTES);

    private final Map<String, JsonMember> members;
    private final String path;

    private Payload(Map<String, JsonMember> members, String path) {
        this.members = members;
        this.path = path;
    }

    /**
     * Reads a payload.
     *
     * @throws InvalidMemberException if a member is unknown, or is there in two spellings that disagree
     */
    static Payload read(JsonObject payload) {
        Map<String, JsonMember> members = new LinkedHashMap<>();
        for (JsonMember spelled : payload.members()) {
            String name = NAMES.stream()
                    .filter(known -> lowerCase(known).equals(lowerCase(spelled.name())))
                    .findFirst()
                    .orElseThrow(() -> spelled.problem(
                            spelled.path() + " is unknown; known here are " + String.join(", ", NAMES)));
            JsonMember member = new JsonMember(name, payload.path() + "." + name, spelled.value());
            JsonMember other = members.putIfAbsent(name, member);
            if (other != null && !other.equals(member)) {
                throw member.problem(member.path() + " is there in two spellings, which disagree");
            }
        }
        return new Payload(members, payload.path());
    }

    /** The member of a name, which may be absent. */
    JsonMember member(String name) {
        return members.getOrDefault(name, new JsonMember(name, path + "." + name, Optional.empty()));
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
