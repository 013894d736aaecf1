package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.standing.gateway.access.Verdict.Admitted;
import dev.standing.gateway.access.Verdict.Refused;
import dev.standing.gateway.access.Verdict.Undecided;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAuthenticatorTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final Issuer RSA = Issuer.withRsa("rsa");
    private static final Issuer EC = Issuer.withEc("ec");
    private static final Issuer STRANGER = Issuer.withRsa("rsa");

    private static final Refused UNPROVEN = new Refused("The token is not signed by a key of its issuer");
    private static final Refused REFUSED = new Refused("The token is not meant for this service, or not now");
    private static final Refused ALGORITHM = new Refused("The token is signed in a way that is not taken");
    private static final Refused NO_ROLE = new Refused("The token has no role that there is here");
    private static final Refused NO_SOURCE = new Refused("The token names no source");

    private TokenAuthenticator authenticator = authenticator("sub", "roles", keys(RSA, EC));

    @Test
    void aTokenOfTheIssuerAdmitsWithItsSubjectAsTheSource() {
        assertThat(verdict(RSA, claims -> claims))
                .isEqualTo(new Admitted(new Caller("jwt:crm", "jwt:crm", Set.of(Role.WRITE))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256"})
    void signaturesWithPublicKeysAreTaken(String algorithm) {
        Issuer issuer = algorithm.startsWith("ES") ? EC : RSA;
        assertThat(verdict(issuer.token(
                        JWSAlgorithm.parse(algorithm), new JOSEObjectType("at+jwt"), NOW, claims -> claims)))
                .isInstanceOf(Admitted.class);
    }

    @Test
    void aTokenThatSomebodyElseHasSignedIsRefused() {
        assertThat(verdict(STRANGER, claims -> claims)).isEqualTo(UNPROVEN);
    }

    @Test
    void aTokenWhoseClaimsWereChangedIsRefused() {
        String[] parts = RSA.token(NOW, claims -> claims).split("\\.", -1);
        String[] others = RSA.token(NOW, claims -> claims.subject("other")).split("\\.", -1);
        assertThat(verdict(parts[0] + "." + others[1] + "." + parts[2])).isEqualTo(UNPROVEN);
    }

    @Test
    void aKeyThatTheIssuerDoesNotHaveIsRefused() {
        assertThat(verdict(Issuer.withRsa("other"), claims -> claims)).isEqualTo(UNPROVEN);
    }

    @Test
    void aTokenThatNobodyHasSignedIsRefused() {
        String token = new PlainJWT(new JWTClaimsSet.Builder().subject("crm").build()).serialize();
        assertThat(verdict(token)).isInstanceOf(Refused.class);
        assertThat(verdict(token + "AAAA")).isInstanceOf(Refused.class);
    }

    @Test
    void thePublicKeyOfTheIssuerIsNoSecretToSignWith() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
                new JWTClaimsSet.Builder().subject("crm").build());
        token.sign(new MACSigner(RSA.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8)));
        assertThat(verdict(token.serialize())).isEqualTo(ALGORITHM);
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        assertThat(verdict(RSA, claims -> claims.issuer("https://other.example")))
                .isEqualTo(REFUSED);
        assertThat(verdict(RSA, claims -> claims.issuer(null))).isEqualTo(REFUSED);
    }

    @Test
    void aTokenThatIsMeantForOthersIsRefused() {
        assertThat(verdict(RSA, claims -> claims.audience("other"))).isEqualTo(REFUSED);
        assertThat(verdict(RSA, claims -> claims.audience((String) null))).isEqualTo(REFUSED);
        assertThat(verdict(RSA, claims -> claims.audience(List.of("other", Issuer.AUDIENCE))))
                .isInstanceOf(Admitted.class);
    }

    @Test
    void aTokenHasToExpire() {
        assertThat(verdict(RSA, claims -> claims.expirationTime(null))).isEqualTo(REFUSED);
    }

    @Test
    void aTokenIsGoodUntilHalfAMinuteAfterItHasExpired() {
        assertThat(verdict(RSA, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(29)))))
                .isInstanceOf(Admitted.class);
        assertThat(verdict(RSA, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(31)))))
                .isEqualTo(new Refused("The token has expired"));
    }

    @Test
    void aTokenIsGoodFromHalfAMinuteBeforeItBegins() {
        assertThat(verdict(RSA, claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(29)))))
                .isInstanceOf(Admitted.class);
        assertThat(verdict(RSA, claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(31)))))
                .isEqualTo(REFUSED);
    }

    @Test
    void aTokenForSomethingElseThanAccessIsRefused() {
        assertThat(verdict(RSA.token(JWSAlgorithm.RS256, new JOSEObjectType("secevent+jwt"), NOW, claims -> claims)))
                .isEqualTo(UNPROVEN);
    }

    @Test
    void rolesAreAnArrayOrATextAndThoseThatThereAreNotAreNotMinded() {
        assertThat(verdict(RSA, claims -> claims.claim("roles", Arrays.asList("read", "sweep", 7, null))))
                .isEqualTo(admitted(Role.READ));
        assertThat(verdict(RSA, claims -> claims.claim("roles", "openid  write read")))
                .isEqualTo(admitted(Role.WRITE, Role.READ));
    }

    @Test
    void aTokenWithoutARoleIsRefused() {
        assertThat(verdict(RSA, claims -> claims.claim("roles", null))).isEqualTo(NO_ROLE);
        assertThat(verdict(RSA, claims -> claims.claim("roles", List.of("WRITE"))))
                .isEqualTo(NO_ROLE);
        assertThat(verdict(RSA, claims -> claims.claim("roles", 7))).isEqualTo(NO_ROLE);
        assertThat(verdict(RSA, claims -> claims.claim("roles", ""))).isEqualTo(NO_ROLE);
    }

    @Test
    void sourceAndRolesMayBeInOtherClaims() {
        authenticator = authenticator("client_id", "scope", keys(RSA));

        assertThat(verdict(RSA, claims -> claims.claim("client_id", "c").claim("scope", "read")))
                .isEqualTo(new Admitted(new Caller("jwt:c", "jwt:c", Set.of(Role.READ))));
        assertThat(verdict(RSA, claims -> claims.claim("scope", "read"))).isEqualTo(NO_SOURCE);
        assertThat(verdict(RSA, claims -> claims.claim("client_id", 7).claim("scope", "read")))
                .isEqualTo(NO_SOURCE);
    }

    @Test
    void aSourceThatCouldBeNoIdIsRefused() {
        for (String subject : List.of("", " ", " crm", "a\nb", "x".repeat(253))) {
            assertThat(verdict(RSA, claims -> claims.claim("sub", subject))).isEqualTo(NO_SOURCE);
        }
        assertThat(verdict(RSA, claims -> claims.subject("x".repeat(252)))).isInstanceOf(Admitted.class);
    }

    @Test
    void aTokenWhoseIssuersKeysCannotBeHadIsNotRefused() {
        authenticator = authenticator("sub", "roles", failing());

        assertThat(verdict(RSA, claims -> claims))
                .isEqualTo(new Undecided("The keys of the token's issuer cannot be had now; try again later"));
    }

    @Test
    void nobodyIsAskedForKeysOfASignatureThatIsNotTaken() throws JOSEException {
        authenticator = authenticator("sub", "roles", failing());
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), new JWTClaimsSet.Builder().build());
        token.sign(new MACSigner(new byte[32]));

        assertThat(verdict(token.serialize())).isEqualTo(ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.", "e30.e30.e30", "eyJhbGciOiJub25lIn0..", "1.2.3.4.5"})
    void whatIsNoTokenIsRefused(String token) {
        assertThat(verdict(token)).isEqualTo(new Refused("The token is no signed JWT"));
    }

    @Test
    void aTokenBeyondAllMeasureIsNotEvenRead() {
        assertThat(verdict(RSA, claims -> claims.claim("more", "x".repeat(20_000))))
                .isEqualTo(new Refused("The token is no signed JWT"));
    }

    private static Admitted admitted(Role... roles) {
        return new Admitted(new Caller("jwt:crm", "jwt:crm", new HashSet<>(Arrays.asList(roles))));
    }

    private Verdict verdict(Issuer issuer, UnaryOperator<JWTClaimsSet.Builder> change) {
        return verdict(issuer.token(NOW, change));
    }

    private Verdict verdict(String token) {
        return authenticator.byToken(token).join();
    }

    private static TokenAuthenticator authenticator(String sourceClaim, String rolesClaim, IssuerKeys keys) {
        KeySetPlace place = new KeySetPlace.Url(URI.create("http://unused.example"));
        return new TokenAuthenticator(
                new TokenSettings(place, Issuer.NAME, Issuer.AUDIENCE, sourceClaim, rolesClaim),
                keys,
                InstantSource.fixed(NOW));
    }

    private static IssuerKeys keys(Issuer... issuers) {
        JWKSet set = new JWKSet(Arrays.stream(issuers).map(Issuer::publicKey).toList());
        return keys(header ->
                CompletableFuture.completedFuture(new JWKSelector(JWKMatcher.forJWSHeader(header)).select(set)));
    }

    private static IssuerKeys failing() {
        return keys(header -> CompletableFuture.failedFuture(new IllegalStateException("away")));
    }

    private interface Lookup {
        CompletableFuture<List<JWK>> matching(JWSHeader header);
    }

    private static IssuerKeys keys(Lookup lookup) {
        return new IssuerKeys() {
            @Override
            public CompletableFuture<List<JWK>> matching(JWSHeader header) {
                return lookup.matching(header);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
