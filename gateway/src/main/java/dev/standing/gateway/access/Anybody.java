package dev.standing.gateway.access;

import dev.standing.gateway.access.Verdict.Admitted;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Admits anybody, and looks at nothing. */
final class Anybody implements Authenticator {

    private static final Admitted ADMITTED = new Admitted(Caller.ANYBODY);

    @Override
    public CompletableFuture<Verdict> byHeader(Optional<String> authorization) {
        return CompletableFuture.completedFuture(ADMITTED);
    }

    @Override
    public Verdict bySignature(RpcCredentials credentials, byte[] payload) {
        return ADMITTED;
    }
}
