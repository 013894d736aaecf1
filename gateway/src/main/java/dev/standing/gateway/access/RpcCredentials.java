package dev.standing.gateway.access;

import java.util.Optional;

/**
 * How a JSON-RPC call proves who sends it: the members of {@code params.api}, as they came.
 *
 * @param keyId names the key
 * @param credential {@code "Basic " + base64(keyId:credential)}
 * @param signature ECDSA P-256 with SHA-256 over the payload, as base64 of its DER form
 */
public record RpcCredentials(Optional<String> keyId, Optional<String> credential, Optional<String> signature) {

    /** Tells nothing: neither credential nor signature is ever to be logged. */
    @Override
    public String toString() {
        return "RpcCredentials";
    }
}
