package dev.standing.gateway.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. */
public enum Role {
    /** Send commands, and ask what came of its own. */
    WRITE,
    /** Ask about all customers, and follow the feed of events. */
    READ,
    /** Everything, and ask what came of the requests of others. */
    ADMIN;

    /** What whoever has none of these roles is told. */
    public static String required(Set<Role> roles) {
        return "This is for the role " + roles.stream().sorted().map(Role::text).collect(Collectors.joining(" or "))
                + ", or admin";
    }

    /** How keys and tokens name it: in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this name, letter by letter; empty: there is none. */
    public static Optional<Role> named(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
