package dev.standing.gateway.access;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public half of the key that a caller signs payloads with: ECDSA on P-256. Immutable. */
public final class SigningKey {

    /** The longest signature, in base64: that of the longest DER form, of 72 bytes, and some to spare. */
    static final int MAX_SIGNATURE_LENGTH = 128;

    private static final ECParameterSpec P256 = p256();
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private final ECPublicKey key;

    private SigningKey(ECPublicKey key) {
        this.key = key;
    }

    /**
     * The key of a PEM text: a SubjectPublicKeyInfo (RFC 7468, section 13).
     *
     * @throws UnusableKeyException if it is something else, or of another curve
     */
    static SigningKey ofPem(String pem) {
        if (pem.contains("PRIVATE KEY-----")) {
            throw new UnusableKeyException("is a private key, which is to stay with who signs;"
                    + " the public one is had by: openssl pkey -in FILE -pubout");
        }
        Matcher body = PEM.matcher(pem.strip());
        if (!body.matches()) {
            throw new UnusableKeyException("is no PEM text that begins with -----BEGIN PUBLIC KEY-----");
        }
        try {
            byte[] der = Base64.getDecoder().decode(body.group(1).replaceAll("\\s", ""));
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            if (!(key instanceof ECPublicKey point) || !isP256(point.getParams()) || !isOnCurve(point.getW())) {
                throw notP256(null);
            }
            return new SigningKey(point);
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw notP256(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has EC keys", e);
        }
    }

    private static UnusableKeyException notP256(Exception cause) {
        return new UnusableKeyException("is no key of the curve P-256 (prime256v1, secp256r1)", cause);
    }

    /**
     * Whether a signature is of these bytes: ECDSA with SHA-256, in the base64 of its DER form.
     *
     * @param signature of any length and form: what is no signature is not that of the bytes
     */
    boolean hasSigned(byte[] payload, String signature) {
        return decoded(signature)
                // A JVM may take a signature of zeros for one of anything (CVE-2022-21449).
                .filter(der -> DerSignature.parse(der)
                        .filter(numbers -> numbers.isWithin(P256.getOrder()))
                        .isPresent())
                .filter(der -> verifies(payload, der))
                .isPresent();
    }

    private static Optional<byte[]> decoded(String signature) {
        if (signature.length() > MAX_SIGNATURE_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean verifies(byte[] payload, byte[] der) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(payload);
            return verifier.verify(der);
        } catch (SignatureException e) {
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JVM verifies ECDSA on P-256", e);
        }
    }

    private static boolean isP256(ECParameterSpec parameters) {
        return parameters.getCurve().equals(P256.getCurve())
                && parameters.getGenerator().equals(P256.getGenerator())
                && parameters.getOrder().equals(P256.getOrder())
                && parameters.getCofactor() == P256.getCofactor();
    }

    /** y² = x³ + ax + b, which a JVM does not look at when it reads a key. */
    private static boolean isOnCurve(ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        EllipticCurve curve = P256.getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has the curve P-256", e);
        }
    }
}
