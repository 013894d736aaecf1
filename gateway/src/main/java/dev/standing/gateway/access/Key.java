package dev.standing.gateway.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key by which an upstream system proves who it is. Immutable.
 *
 * @param keyId names it
 * @param source the upstream system's name; several keys may have the same, so that one can replace another
 * @param credential what is kept of its credential
 * @param signing if there is one, its JSON-RPC calls have to be signed with the other half
 * @param roles what it may; not empty
 * @param rate how many requests it may send in a second; empty: as many as others
 * @param createdAt when it was made, if that is known
 * @param revokedAt if it is there, whatever it is, the key admits nobody any more
 */
public record Key(
        String keyId,
        String source,
        CredentialHash credential,
        Optional<SigningKey> signing,
        Set<Role> roles,
        Optional<Integer> rate,
        Optional<Instant> createdAt,
        Optional<Instant> revokedAt) {

    /** The highest rate. */
    public static final int MAX_RATE = 1_000_000;

    /** Keeps a copy of the roles. */
    public Key {
        roles = Set.copyOf(roles);
    }

    /** Whether it admits nobody any more. */
    public boolean isRevoked() {
        return revokedAt.isPresent();
    }

    /** Who has proven to have it. */
    Caller caller() {
        return new Caller(keyId, source, roles);
    }
}
