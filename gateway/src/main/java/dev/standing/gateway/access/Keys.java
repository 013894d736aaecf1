package dev.standing.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.service.files.InvalidFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a file. Immutable.
 *
 * <p>What is wrong with a file is told with its path in the document, and never repeats a value: a credential may have
 * got into the wrong place.
 */
final class Keys {

    /** No keys at all. */
    static final Keys NONE = new Keys(Map.of());

    /** The only member of the document. */
    static final String KEYS = "keys";

    static final String KEY_ID = "keyId";
    static final String SOURCE = "source";
    static final String CREDENTIAL = "credential";
    static final String PUBLIC_KEY = "publicKey";
    static final String ROLES = "roles";
    static final String RATE = "rate";
    static final String CREATED_AT = "createdAt";
    static final String REVOKED_AT = "revokedAt";

    private final Map<String, Key> byId;

    private Keys(Map<String, Key> byId) {
        this.byId = byId;
    }

    /**
     * Reads them.
     *
     * @throws InvalidFileException if it is not JSON, or not what a file of keys holds
     */
    static Keys parse(byte[] json) throws InvalidFileException {
        JsonNode document = document(json);
        if (!document.isObject()) {
            throw new InvalidFileException("it must be an object like {\"keys\": []}");
        }
        try {
            Map<String, Key> keys = new LinkedHashMap<>();
            JsonObject root = JsonObject.root(document).only(KEYS);
            for (JsonObject object : root.member(KEYS).objects()) {
                Key key = key(object);
                if (keys.put(key.keyId(), key) != null) {
                    throw object.member(KEY_ID).problem(object.path() + ".keyId is that of another key, too");
                }
            }
            return new Keys(Collections.unmodifiableMap(keys));
        } catch (InvalidMemberException e) {
            throw new InvalidFileException(e.getMessage(), e);
        }
    }

    private static JsonNode document(byte[] json) throws InvalidFileException {
        try {
            return StrictJson.parse(json);
        } catch (MalformedJsonException e) {
            // The message of the parser repeats what it could not read.
            String place = e.getCause() instanceof JsonProcessingException parser && parser.getLocation() != null
                    ? " (line " + parser.getLocation().getLineNr() + ", column "
                            + parser.getLocation().getColumnNr() + ")"
                    : "";
            throw new InvalidFileException("it is not JSON in UTF-8" + place, e);
        }
    }

    private static Key key(JsonObject object) {
        object.only(KEY_ID, SOURCE, CREDENTIAL, PUBLIC_KEY, ROLES, RATE, CREATED_AT, REVOKED_AT);
        return new Key(
                keyId(object.member(KEY_ID)),
                source(object.member(SOURCE)),
                credential(object.member(CREDENTIAL)),
                signing(object.member(PUBLIC_KEY)),
                roles(object.member(ROLES)),
                rate(object.member(RATE)),
                instant(object.member(CREATED_AT)),
                instant(object.member(REVOKED_AT)));
    }

    private static String keyId(JsonMember member) {
        String keyId = member.text();
        Names.problemOfKeyId(keyId).ifPresent(problem -> refuse(member, problem));
        return keyId;
    }

    private static String source(JsonMember member) {
        String source = member.text();
        Names.problemOfSource(source).ifPresent(problem -> refuse(member, problem));
        return source;
    }

    private static CredentialHash credential(JsonMember member) {
        return CredentialHash.parse(member.text())
                .orElseThrow(() -> problem(member, "must be sha256$<salt>$<hash>, of 16 and 32 bytes in base64url"));
    }

    private static Optional<SigningKey> signing(JsonMember member) {
        return member.optionalText().map(pem -> {
            try {
                return SigningKey.ofPem(pem);
            } catch (UnusableKeyException e) {
                throw problem(member, e.getMessage());
            }
        });
    }

    private static Set<Role> roles(JsonMember member) {
        JsonNode roles = member.value()
                .filter(node -> node.isArray() && !node.isEmpty())
                .orElseThrow(() -> problem(member, "must be an array of one or more of " + roleNames()));
        Set<Role> all = EnumSet.noneOf(Role.class);
        for (JsonNode role : roles) {
            all.add(Optional.ofNullable(role.textValue())
                    .flatMap(Role::named)
                    .orElseThrow(() -> problem(member, "has one that is none of " + roleNames())));
        }
        return all;
    }

    private static String roleNames() {
        List<String> names = new ArrayList<>();
        for (Role role : Role.values()) {
            names.add(role.text());
        }
        return String.join(", ", names);
    }

    private static Optional<Integer> rate(JsonMember member) {
        return member.value().filter(node -> !node.isNull()).map(node -> {
            if (!node.isInt() || node.intValue() < 1 || node.intValue() > Key.MAX_RATE) {
                throw problem(member, "must be a whole number from 1 to " + Key.MAX_RATE);
            }
            return node.intValue();
        });
    }

    private static Optional<Instant> instant(JsonMember member) {
        return member.optionalText().map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw problem(member, "must be a date and time with an offset, like 2026-05-01T00:00:00Z");
            }
        });
    }

    private static void refuse(JsonMember member, String problem) {
        throw problem(member, problem);
    }

    private static InvalidMemberException problem(JsonMember member, String problem) {
        return member.problem(member.path() + " " + problem);
    }

    /** The key of this name; empty: there is none. */
    Optional<Key> named(String keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }

    /** All of them, as they stand in the file. */
    List<Key> all() {
        return List.copyOf(byId.values());
    }
}
