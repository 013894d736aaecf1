package dev.standing.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** An issuer of tokens, with a key. */
final class Issuer {

    static final String NAME = "https://id.example";
    static final String AUDIENCE = "standing";

    private final JWK key;

    private Issuer(JWK key) {
        this.key = key;
    }

    static Issuer withRsa(String keyId) {
        try {
            return new Issuer(new RSAKeyGenerator(2_048).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Issuer withEc(String keyId) {
        try {
            return new Issuer(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWK publicKey() {
        return key.toPublicJWK();
    }

    /** The key set of issuers. */
    static String keySet(Issuer... issuers) {
        return new JWKSet(List.of(issuers).stream().map(Issuer::publicKey).toList()).toString(true);
    }

    /** A good one, but for what is changed. */
    String token(Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        return token(algorithm, JOSEObjectType.JWT, now, change);
    }

    String token(JWSAlgorithm algorithm, JOSEObjectType type, Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet claims = change.apply(new JWTClaimsSet.Builder()
                        .issuer(NAME)
                        .audience(AUDIENCE)
                        .subject("crm")
                        .claim("roles", List.of("write"))
                        .expirationTime(Date.from(now.plusSeconds(300))))
                .build();
        return signed(
                new JWSHeader.Builder(algorithm)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
    }

    private String signed(JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
