package dev.standing.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** An issuer of bearer tokens: JWTs (RFC 7519) that are signed with ES256. */
final class TokenIssuer {

    static final String NAME = "https://id.example";
    static final String AUDIENCE = "standing";

    private static final String KEY_ID = "k-1";
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final KeyPairOnP256 key = new KeyPairOnP256();

    /** What the gateway checks its tokens against. */
    String keySet() {
        return "{\"keys\":[" + key.publicJwk(KEY_ID) + "]}";
    }

    /** A good token. */
    String token(String subject, String roles) {
        return token(NAME, AUDIENCE, subject, roles, LIFE);
    }

    /** A token of which all can be wrong. */
    String token(String issuer, String audience, String subject, String roles, Duration life) {
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"roles\":\"%s\",\"exp\":%d}"
                .formatted(
                        issuer,
                        audience,
                        subject,
                        roles,
                        Instant.now().plus(life).getEpochSecond());
        String signed = base64("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}") + "." + base64(claims);
        return signed + "." + key.signForToken(signed);
    }

    /** The same token, as if nobody had to sign it. */
    static String unsigned(String token) {
        return base64("{\"alg\":\"none\"}") + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
