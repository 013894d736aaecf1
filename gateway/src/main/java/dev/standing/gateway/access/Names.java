package dev.standing.gateway.access;

import java.util.Optional;

/** How keys and sources may be named: as ids are ({@code semantics.md} section 4), and not like each other. */
final class Names {

    /** What the source of a token begins with, and no other: nobody gives a key the name of a token's subject. */
    static final String TOKEN_PREFIX = "jwt:";

    /** The longest name, in UTF-16 code units. */
    static final int MAX_LENGTH = 256;

    private Names() {}

    /** What is wrong with the name of a key; empty: nothing. */
    static Optional<String> problemOfKeyId(String keyId) {
        if (keyId.indexOf(':') >= 0) {
            return Optional.of("has a colon, which Basic authentication cannot tell from its own");
        }
        return isId(keyId) ? Optional.empty() : Optional.of(noId());
    }

    /** What is wrong with the name of a key's source; empty: nothing. */
    static Optional<String> problemOfSource(String source) {
        if (source.equals(Caller.ANYBODY.source())) {
            return Optional.of("is the name of those whom nobody has authenticated");
        }
        if (source.startsWith(TOKEN_PREFIX)) {
            return Optional.of("begins with " + TOKEN_PREFIX + ", as only the sources of tokens do");
        }
        return isId(source) ? Optional.empty() : Optional.of(noId());
    }

    /** Whether a text can be an id: commands with another one are refused. */
    static boolean isId(String text) {
        return !text.isBlank()
                && text.length() <= MAX_LENGTH
                && text.strip().equals(text)
                && text.codePoints().noneMatch(Names::isInvisible);
    }

    private static String noId() {
        return "must have 1 to " + MAX_LENGTH + " characters, none of them invisible, and no blank at either end";
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ';
            default -> false;
        };
    }
}
