package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An object of NetXD's call. The vendor spells members in several letter cases, so any will do. */
final class VendorObject {

    private final Map<String, JsonMember> members;
    private final String path;

    private VendorObject(Map<String, JsonMember> members, String path) {
        this.members = members;
        this.path = path;
    }

    /**
     * Reads an object.
     *
     * @param names the names that its members may have, in any letter case
     * @throws InvalidMemberException if a member is unknown, or is there in two spellings that disagree
     */
    static VendorObject read(JsonObject object, String... names) {
        Map<String, JsonMember> members = new LinkedHashMap<>();
        for (JsonMember spelled : object.members()) {
            String name = Arrays.stream(names)
                    .filter(known -> lowerCase(known).equals(lowerCase(spelled.name())))
                    .findFirst()
                    .orElseThrow(() -> spelled.problem(
                            spelled.path() + " is unknown; known here are " + String.join(", ", names)));
            JsonMember member = new JsonMember(name, object.path() + "." + name, spelled.value());
            JsonMember other = members.putIfAbsent(name, member);
            if (other != null && !other.equals(member)) {
                throw member.problem(member.path() + " is there in two spellings, which disagree");
            }
        }
        return new VendorObject(members, object.path());
    }

    /** The member of a name, which may be absent. */
    JsonMember member(String name) {
        return members.getOrDefault(name, new JsonMember(name, path + "." + name, Optional.empty()));
    }

    private static String lowerCase(String name) {
        // Letters beyond ASCII that only look alike, or become alike, are others.
        return name.chars().allMatch(c -> c < 0x80) ? name.toLowerCase(Locale.ROOT) : name;
    }
}
