package dev.standing.gateway.access;

import dev.standing.gateway.access.Verdict.Admitted;
import dev.standing.gateway.access.Verdict.Refused;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells who calls by keys.
 *
 * <p>A wrong credential, a key that does not exist and one that is revoked get the same answer after the same work: one
 * hash and one comparison, with the key's own or with one that nobody has. Signatures are looked at only when the
 * credential is proven, so that what is said of them tells nothing to others. Safe for use by many threads.
 */
final class KeyAuthenticator {

    static final Refused WRONG = new Refused("The credentials are wrong");

    private static final Refused MISSING = new Refused("The credentials are missing: api.credential");
    private static final Refused MALFORMED =
            new Refused("api.credential must be \"Basic \" and the base64 of keyId:credential");
    private static final Refused CONTRADICTION = new Refused("api.keyId is another than that of api.credential");
    private static final Refused UNSIGNED =
            new Refused("This key has to sign the payload, and there is no api.signature");
    private static final Refused WRONGLY_SIGNED = new Refused("api.signature is none of this payload by this key");

    private static final String BASIC = "basic ";

    private final Supplier<Keys> keys;
    private final Hashing hashing;
    private final CredentialHash nobody = CredentialHash.ofNothing(new SecureRandom());

    /**
     * Makes one.
     *
     * @param keys those in force; asked for every call
     */
    KeyAuthenticator(Supplier<Keys> keys, Hashing hashing) {
        this.keys = keys;
        this.hashing = hashing;
    }

    /** Who has this credential. */
    Verdict byCredential(KeyCredential given) {
        return proven(given).<Verdict>map(key -> new Admitted(key.caller())).orElse(WRONG);
    }

    /** Who sends a JSON-RPC call with this payload. */
    Verdict bySignature(RpcCredentials given, byte[] payload) {
        if (given.credential().isEmpty()) {
            return MISSING;
        }
        Optional<KeyCredential> credential = given.credential().flatMap(KeyAuthenticator::basic);
        if (credential.isEmpty()) {
            return MALFORMED;
        }
        String user = credential.get().keyId();
        if (!given.keyId().orElse(user).equals(user)) {
            return CONTRADICTION;
        }
        return proven(credential.get())
                .map(key -> signed(key, given.signature(), payload))
                .orElse(WRONG);
    }

    private static Optional<KeyCredential> basic(String credential) {
        return credential.length() > BASIC.length()
                        && credential
                                .substring(0, BASIC.length())
                                .toLowerCase(Locale.ROOT)
                                .equals(BASIC)
                ? KeyCredential.ofBase64(credential.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private Optional<Key> proven(KeyCredential given) {
        Optional<Key> named = keys.get().named(given.keyId());
        CredentialHash expected = named.map(Key::credential).orElse(nobody);
        boolean matches = expected.matches(given.credential(), hashing);
        return named.filter(key -> matches && !key.isRevoked());
    }

    private static Verdict signed(Key key, Optional<String> signature, byte[] payload) {
        if (key.signing().isEmpty()) {
            return new Admitted(key.caller());
        }
        if (signature.isEmpty()) {
            return UNSIGNED;
        }
        return key.signing().get().hasSigned(payload, signature.get()) ? new Admitted(key.caller()) : WRONGLY_SIGNED;
    }
}
