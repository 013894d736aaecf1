package dev.standing.gateway.access;

import dev.standing.gateway.access.Verdict.Refused;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Admits those who have a key, or a token if there are any. */
final class KnownCallers implements Authenticator {

    private static final Refused MISSING = new Refused("The credentials are missing: Authorization");
    private static final Refused UNKNOWN_SCHEME = new Refused("Authorization is of none of the kinds that are taken");
    private static final Refused MALFORMED =
            new Refused("Authorization must be Basic with the base64 of keyId:credential");

    private final KeyAuthenticator keys;
    private final Optional<TokenAuthenticator> tokens;

    KnownCallers(KeyAuthenticator keys, Optional<TokenAuthenticator> tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public CompletableFuture<Verdict> byHeader(Optional<String> authorization) {
        String header = authorization.orElse("").strip();
        if (header.isEmpty()) {
            return CompletableFuture.completedFuture(MISSING);
        }
        int blank = header.indexOf(' ');
        String scheme = (blank < 0 ? header : header.substring(0, blank)).toLowerCase(Locale.ROOT);
        String rest = blank < 0 ? "" : header.substring(blank).strip();
        return switch (scheme) {
            case "basic" ->
                CompletableFuture.completedFuture(
                        KeyCredential.ofBase64(rest).map(keys::byCredential).orElse(MALFORMED));
            case "bearer" ->
                tokens.map(authenticator -> authenticator.byToken(rest))
                        .orElseGet(() -> CompletableFuture.completedFuture(UNKNOWN_SCHEME));
            default -> CompletableFuture.completedFuture(UNKNOWN_SCHEME);
        };
    }

    @Override
    public Verdict bySignature(RpcCredentials credentials, byte[] payload) {
        return keys.bySignature(credentials, payload);
    }
}
