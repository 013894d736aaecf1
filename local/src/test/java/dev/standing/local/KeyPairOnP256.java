package dev.standing.local;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key pair of an upstream system, or of an issuer of tokens, on the curve P-256. */
final class KeyPairOnP256 {

    private static final int COORDINATE_BYTES = 32;

    private final KeyPair pair;

    KeyPairOnP256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key in PEM. */
    String publicPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The public key as a JSON Web Key (RFC 7518, section 6.2). */
    String publicJwk(String keyId) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(
                        keyId,
                        coordinate(key.getW().getAffineX()),
                        coordinate(key.getW().getAffineY()));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(
                Arrays.copyOfRange(bytes, bytes.length - length, bytes.length),
                0,
                fixed,
                COORDINATE_BYTES - length,
                length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    /** The signature of a text as {@code api.signature} has it: DER in base64. */
    String sign(String text) {
        return Base64.getEncoder().encodeToString(signature("SHA256withECDSA", text));
    }

    /** The signature of a text as tokens have it: two numbers in base64url (RFC 7518, section 3.4). */
    String signForToken(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature("SHA256withECDSAinP1363Format", text));
    }

    private byte[] signature(String algorithm, String text) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
