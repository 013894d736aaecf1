package dev.standing.gateway.access;

import java.util.Optional;
import java.util.Set;

/**
 * A key that is to be made.
 *
 * @param keyId its name; empty: one is made up
 * @param source the upstream system's name
 * @param roles what it may; not empty
 * @param rate how many requests it may send in a second; empty: as many as others
 * @param publicKey the PEM text of the key that its JSON-RPC calls are to be signed with; empty: they need not be signed
 * @param credential the secret; empty: a good one is made up
 */
public record NewKey(
        Optional<String> keyId,
        String source,
        Set<Role> roles,
        Optional<Integer> rate,
        Optional<String> publicKey,
        Optional<String> credential) {

    /** Keeps a copy of the roles. */
    public NewKey {
        roles = Set.copyOf(roles);
    }

    /** One of which nothing is chosen but its source and what it may. */
    public static NewKey of(String source, Set<Role> roles) {
        return new NewKey(Optional.empty(), source, roles, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Tells nothing: the credential is never to be logged. */
    @Override
    public String toString() {
        return "NewKey";
    }
}
