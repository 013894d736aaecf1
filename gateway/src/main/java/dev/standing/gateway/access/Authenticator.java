package dev.standing.gateway.access;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tells who calls. Safe for use by many threads, none of which it holds. */
public interface Authenticator {

    /**
     * Who sends a request with this header {@code Authorization}: Basic (RFC 7617), with a keyId and its credential, or
     * Bearer (RFC 6750).
     *
     * @return the verdict; never exceptional
     */
    CompletableFuture<Verdict> byHeader(Optional<String> authorization);

    /**
     * Who sends a JSON-RPC call.
     *
     * @param payload the bytes of {@code params.payload}, exactly as they were received
     */
    Verdict bySignature(RpcCredentials credentials, byte[] payload);
}
