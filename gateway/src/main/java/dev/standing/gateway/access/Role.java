package dev.standing.gateway.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. */
public enum Role {
    /** Send commands, and ask what came of its own. */
    WRITE,
    /** Ask about all customers, and follow the feed of events. */
    READ,
    /** Everything, and ask what came of the requests of others. */
    ADMIN;

    /** How keys and tokens name it: in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this name, letter by letter; empty: there is none. */
    public static Optional<Role> named(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
