package dev.standing.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.standing.gateway.access.Verdict.Admitted;
import dev.standing.gateway.access.Verdict.Refused;
import dev.standing.gateway.access.Verdict.Undecided;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Tells who calls by tokens: JWTs (RFC 7519) that an issuer has signed with a key of its set. Safe for use by many
 * threads.
 *
 * <p>Only signatures with public keys are taken. A token has to expire, to be of the issuer, and to be meant for this
 * audience; a clock may differ by 30 seconds.
 */
final class TokenAuthenticator implements AutoCloseable {

    /** The longest token, in characters. */
    static final int MAX_TOKEN_LENGTH = 16_384;

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Refused MALFORMED = new Refused("The token is no signed JWT");
    private static final Refused ALGORITHM = new Refused("The token is signed in a way that is not taken");
    private static final Refused UNPROVEN = new Refused("The token is not signed by a key of its issuer");
    private static final Refused EXPIRED = new Refused("The token has expired");
    private static final Refused REFUSED = new Refused("The token is not meant for this service, or not now");
    private static final Refused NO_SOURCE = new Refused("The token names no source");
    private static final Refused NO_ROLE = new Refused("The token has no role that there is here");
    private static final Undecided UNDECIDED =
            new Undecided("The keys of the token's issuer cannot be had now; try again later");

    private final TokenSettings settings;
    private final IssuerKeys keys;
    private final DefaultJWTProcessor<JWKSecurityContext> processor = new DefaultJWTProcessor<>();

    TokenAuthenticator(TokenSettings settings, IssuerKeys keys, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        // Plain ones, and those of RFC 9068.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet()));
        processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
    }

    /**
     * Who has this token.
     *
     * @return the verdict; never exceptional
     */
    CompletableFuture<Verdict> byToken(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            return CompletableFuture.completedFuture(MALFORMED);
        }
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
        } catch (ParseException | RuntimeException e) {
            // Whatever a parser trips over is no token.
            return CompletableFuture.completedFuture(MALFORMED);
        }
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            return CompletableFuture.completedFuture(ALGORITHM);
        }
        return keys.matching(jwt.getHeader())
                .handle((found, failure) -> failure == null ? verdict(jwt, found) : UNDECIDED);
    }

    private Verdict verdict(SignedJWT jwt, List<JWK> found) {
        try {
            return caller(processor.process(jwt, new JWKSecurityContext(found)));
        } catch (ExpiredJWTException e) {
            return EXPIRED;
        } catch (BadJWTException e) {
            return REFUSED;
        } catch (BadJOSEException | JOSEException | RuntimeException e) {
            // What nobody can make sense of proves nothing.
            return UNPROVEN;
        }
    }

    private Verdict caller(JWTClaimsSet claims) {
        Optional<String> source = Optional.ofNullable(claims.getClaim(settings.sourceClaim()))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(Names::isId)
                .map(name -> Names.TOKEN_PREFIX + name)
                .filter(Names::isId);
        if (source.isEmpty()) {
            return NO_SOURCE;
        }
        Set<Role> roles = roles(claims.getClaim(settings.rolesClaim()));
        return roles.isEmpty() ? NO_ROLE : new Admitted(new Caller(source.get(), source.get(), roles));
    }

    private static Set<Role> roles(Object claim) {
        Stream<String> names = Stream.empty();
        if (claim instanceof String text) {
            names = Stream.of(text.split(" "));
        } else if (claim instanceof Collection<?> list) {
            names = list.stream().filter(String.class::isInstance).map(String.class::cast);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.map(Role::named).flatMap(Optional::stream).forEach(roles::add);
        return roles;
    }

    @Override
    public void close() {
        keys.close();
    }

    /** What has to stand in a token whose signature is proven. */
    private static final class Claims extends DefaultJWTClaimsVerifier<JWKSecurityContext> {

        private final InstantSource clock;

        Claims(TokenSettings settings, InstantSource clock) {
            super(
                    settings.audience(),
                    new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                    Set.of(JWTClaimNames.EXPIRATION_TIME));
            this.clock = clock;
            setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        }

        @Override
        public void verify(JWTClaimsSet claims, JWKSecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            // One that is null is there, as the library sees it.
            if (claims.getExpirationTime() == null) {
                throw new BadJWTException("No expiration");
            }
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
