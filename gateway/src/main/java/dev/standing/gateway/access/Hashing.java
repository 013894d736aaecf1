package dev.standing.gateway.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Turns a credential into what is kept of it. A seam for tests, which count how often it is done. */
@FunctionalInterface
interface Hashing {

    /** SHA-256 over the salt and the credential. */
    Hashing SHA_256 = (salt, credential) -> {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(credential);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    };

    /** The hash, of {@link CredentialHash#HASH_BYTES} bytes. */
    byte[] hash(byte[] salt, byte[] credential);
}
