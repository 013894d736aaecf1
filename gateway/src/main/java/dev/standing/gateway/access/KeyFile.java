package dev.standing.gateway.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.service.files.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes and revokes the keys of a file. A gateway that runs follows within seconds.
 *
 * <p>The file is replaced whole or not at all, and a change waits for one that is under way, in this process or another
 * one, so that none is lost. Its members are those that {@code docs/security.md} tells.
 */
public final class KeyFile {

    /** The shortest credential that may be chosen, in characters. */
    public static final int MIN_CREDENTIAL_LENGTH = 32;

    /** The longest credential that may be chosen, in characters. */
    public static final int MAX_CREDENTIAL_LENGTH = 1_024;

    private static final int CREDENTIAL_BYTES = 32;
    private static final int KEY_ID_BYTES = 6;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final ExclusiveFile file;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * For the keys of a file, which need not exist yet.
     *
     * @param clock tells when a key is made or revoked
     */
    public KeyFile(Path path, InstantSource clock) {
        this.path = path;
        this.file = new ExclusiveFile(path);
        this.clock = clock;
    }

    /**
     * Makes a key, and the file if there is none.
     *
     * @return the name and the credential, which nobody can tell again
     * @throws UnusableKeyException if the key cannot be as it is wanted, its name is taken, or the file is not valid
     * @throws IOException if the file cannot be read or written
     */
    public KeyCredential create(NewKey wanted) throws IOException {
        String credential = wanted.credential().map(KeyFile::chosen).orElseGet(this::newCredential);
        String keyId = wanted.keyId().orElseGet(this::newKeyId);
        check(wanted, keyId);
        file.edit(content -> {
            ObjectNode document = content.isPresent() ? document(content.get()) : empty();
            if (keys(content).named(keyId).isPresent()) {
                throw new UnusableKeyException("There is a key " + keyId + " in " + path + " already");
            }
            list(document).add(json(keyId, wanted, CredentialHash.of(credential, random)));
            return Optional.of(bytes(document));
        });
        return new KeyCredential(keyId, credential);
    }

    /**
     * Revokes a key: it stays in the file, and admits nobody any more. One that is revoked already stays as it is.
     *
     * @return when it was revoked
     * @throws UnusableKeyException if there is none of this name, or the file is not valid
     * @throws IOException if the file cannot be read or written
     */
    public Instant revoke(String keyId) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        file.edit(content -> {
            Key key = keys(content)
                    .named(keyId)
                    .orElseThrow(() -> new UnusableKeyException("There is no key " + keyId + " in " + path));
            if (key.isRevoked()) {
                return Optional.empty();
            }
            ObjectNode document = document(content.orElseThrow());
            for (JsonNode each : list(document)) {
                if (each.get(Keys.KEY_ID).textValue().equals(keyId)) {
                    ((ObjectNode) each).put(Keys.REVOKED_AT, now.toString());
                }
            }
            return Optional.of(bytes(document));
        });
        return keys(file.read()).named(keyId).flatMap(Key::revokedAt).orElse(now);
    }

    /**
     * All keys of the file, revoked ones too, in its order; none if there is no file.
     *
     * @throws UnusableKeyException if the file is not valid
     * @throws IOException if the file cannot be read
     */
    public List<Key> list() throws IOException {
        return keys(file.read()).all();
    }

    private void check(NewKey wanted, String keyId) {
        Names.problemOfKeyId(keyId).ifPresent(problem -> refuse("The name of a key " + problem));
        Names.problemOfSource(wanted.source()).ifPresent(problem -> refuse("The source " + problem));
        if (wanted.roles().isEmpty()) {
            refuse("A key has at least one role");
        }
        if (wanted.rate().filter(rate -> rate < 1 || rate > Key.MAX_RATE).isPresent()) {
            refuse("A rate is a whole number from 1 to " + Key.MAX_RATE);
        }
        wanted.publicKey().ifPresent(KeyFile::checkPublicKey);
    }

    private static void checkPublicKey(String pem) {
        try {
            SigningKey.ofPem(pem);
        } catch (UnusableKeyException e) {
            throw new UnusableKeyException("The public key " + e.getMessage(), e);
        }
    }

    private static String chosen(String credential) {
        if (credential.length() < MIN_CREDENTIAL_LENGTH
                || credential.length() > MAX_CREDENTIAL_LENGTH
                || credential.codePoints().anyMatch(Character::isISOControl)) {
            refuse("A credential has " + MIN_CREDENTIAL_LENGTH + " to " + MAX_CREDENTIAL_LENGTH
                    + " characters, none of them a control character; better none is chosen");
        }
        return credential;
    }

    private static void refuse(String why) {
        throw new UnusableKeyException(why);
    }

    private String newCredential() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(CREDENTIAL_BYTES));
    }

    private String newKeyId() {
        return "key-" + HexFormat.of().formatHex(random(KEY_ID_BYTES));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Keys keys(Optional<byte[]> content) {
        try {
            return content.isPresent() ? Keys.parse(content.get()) : Keys.NONE;
        } catch (InvalidFileException e) {
            throw new UnusableKeyException(path + " is not valid: " + e.getMessage(), e);
        }
    }

    private ObjectNode json(String keyId, NewKey wanted, CredentialHash hash) {
        ObjectNode key = JsonNodeFactory.instance
                .objectNode()
                .put(Keys.KEY_ID, keyId)
                .put(Keys.SOURCE, wanted.source())
                .put(Keys.CREDENTIAL, hash.text());
        wanted.publicKey().ifPresent(pem -> key.put(Keys.PUBLIC_KEY, pem.strip() + "\n"));
        ArrayNode roles = key.putArray(Keys.ROLES);
        wanted.roles().stream().sorted().map(Role::text).forEach(roles::add);
        wanted.rate().ifPresent(rate -> key.put(Keys.RATE, rate));
        return key.put(
                Keys.CREATED_AT, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static ObjectNode empty() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray(Keys.KEYS);
        return document;
    }

    /** The document as it stands, of which only what changes is to be changed. */
    private ObjectNode document(byte[] content) throws IOException {
        keys(Optional.of(content));
        return (ObjectNode) JSON.readTree(content);
    }

    private static ArrayNode list(ObjectNode document) {
        return (ArrayNode) document.get(Keys.KEYS);
    }

    private static byte[] bytes(ObjectNode document) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    }
}
