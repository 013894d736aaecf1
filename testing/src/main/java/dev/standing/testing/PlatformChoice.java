package dev.standing.testing;

import java.util.Arrays;
import java.util.Locale;

/** Where the broker and the registry of a test may be. */
enum PlatformChoice {
    EMBEDDED,
    CONTAINERS;

    /**
     * What the system property {@value TestPlatform#PROPERTY} says; embedded without it.
     *
     * @throws IllegalArgumentException if it says something else
     */
    static PlatformChoice made() {
        return of(System.getProperty(TestPlatform.PROPERTY, "embedded"));
    }

    /** The choice with this name, in lower case. */
    static PlatformChoice of(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is %s; it can be embedded or containers".formatted(TestPlatform.PROPERTY, name)));
    }
}
