package dev.standing.gateway.rest;

import dev.standing.gateway.json.InvalidMemberException;
import java.util.regex.Pattern;

/** The {@code next} of a page, which only processors understand, as the {@code after} of the page behind it. */
final class PageToken {

    private static final String AFTER = "after";
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{1,6000}");

    private PageToken() {}

    /**
     * The text, if it can be one.
     *
     * @throws InvalidMemberException if no page had it
     */
    static String read(String text) {
        if (!OPAQUE.matcher(text).matches()) {
            throw new InvalidMemberException(AFTER, "after must be the next of the page before, as it was");
        }
        return text;
    }
}
