package dev.standing.gateway.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The keys that an issuer of tokens signs with: a JSON Web Key Set (RFC 7517). Safe for use by many threads. */
interface IssuerKeys extends AutoCloseable {

    /**
     * Those that may have signed what has this header. Never waits.
     *
     * @return the keys, maybe none; exceptional if they cannot be had now
     */
    CompletableFuture<List<JWK>> matching(JWSHeader header);

    /** Lets go of what it holds. */
    @Override
    void close();
}
