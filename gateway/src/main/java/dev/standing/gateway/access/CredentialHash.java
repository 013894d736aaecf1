package dev.standing.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a credential: {@code sha256$<salt>$<hash>}, both in base64url without padding.
 *
 * <p>One round of SHA-256 is enough here, because a credential is no password that somebody thought of: it has 256
 * random bits, which nobody finds by trying, however fast they try. NIST SP 800-63B section 5.1.2.2 asks for the slow
 * hashes that passwords need only below 112 bits. A slow hash would cost every request tens of milliseconds, and let
 * anybody keep the gateway busy with wrong credentials. The salt keeps two files from showing that they hold the same
 * credential.
 */
public final class CredentialHash {

    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    private static final Pattern TEXT = Pattern.compile("sha256\\$([A-Za-z0-9_-]+)\\$([A-Za-z0-9_-]+)");

    private final byte[] salt;
    private final byte[] hash;

    private CredentialHash(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    /** That of a credential, with a new salt. */
    static CredentialHash of(String credential, SecureRandom random) {
        byte[] salt = random(SALT_BYTES, random);
        return new CredentialHash(salt, Hashing.SHA_256.hash(salt, bytes(credential)));
    }

    /** One that no credential has: to be compared with where there is no key, so that it takes as long. */
    static CredentialHash ofNothing(SecureRandom random) {
        return new CredentialHash(random(SALT_BYTES, random), random(HASH_BYTES, random));
    }

    /** That which a text tells; empty: the text is of another form. */
    static Optional<CredentialHash> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            byte[] salt = Base64.getUrlDecoder().decode(parts.group(1));
            byte[] hash = Base64.getUrlDecoder().decode(parts.group(2));
            return salt.length == SALT_BYTES && hash.length == HASH_BYTES
                    ? Optional.of(new CredentialHash(salt, hash))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As it is written in a file. */
    String text() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "sha256$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    /** Whether it is that of a credential; takes the same time if it is and if it is not. */
    boolean matches(String credential, Hashing hashing) {
        return MessageDigest.isEqual(hash, hashing.hash(salt, bytes(credential)));
    }

    private static byte[] bytes(String credential) {
        return credential.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "CredentialHash";
    }
}
