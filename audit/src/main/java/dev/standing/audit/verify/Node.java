package dev.standing.audit.verify;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import java.util.Optional;

/** An event among all those that claim to be of one customer. For one thread. */
final class Node {

    private final LoggedEvent logged;
    private final boolean isReported;
    private Optional<Node> parent = Optional.empty();
    private boolean anchored;
    private int followers;

    Node(LoggedEvent logged, boolean isReported) {
        this.logged = logged;
        this.isReported = isReported;
    }

    CustomerEvent event() {
        return logged.event();
    }

    Place place() {
        return logged.place();
    }

    long offset() {
        return logged.place().offset();
    }

    long sequence() {
        return logged.event().getSequence();
    }

    Sha256 hash() {
        return logged.hash();
    }

    /** Whether something is wrong with the record whatever the chain says, and is told already. */
    boolean isReported() {
        return isReported;
    }

    /** The one that it follows. */
    Optional<Node> parent() {
        return parent;
    }

    /** Follows another, which has one more in its train, as have those before it. */
    void follow(Node other) {
        parent = Optional.of(other);
        other.followers = Math.max(other.followers, followers + 1);
    }

    /** How many events follow it, one after another. */
    int followers() {
        return followers;
    }

    /** The customer's record vouches for it, and so for all that it follows. */
    void anchor() {
        Optional<Node> node = Optional.of(this);
        while (node.isPresent() && !node.get().anchored) {
            node.get().anchored = true;
            node = node.get().parent;
        }
    }

    boolean isAnchored() {
        return anchored;
    }
}
