package dev.standing.gateway.uri;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts as parts of a URI (RFC 3986, section 2.1). */
public final class UriText {

    private static final int RADIX = 16;

    private UriText() {}

    /** The text in UTF-8 with everything escaped that is not unreserved; a blank is {@code %20}. */
    public static String encode(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    /**
     * The text that a part of a query stands for, where "+" is a blank as in HTML forms.
     *
     * @return empty if an escape is none, or the bytes are not UTF-8
     */
    public static Optional<String> decodeForm(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int escaped = escaped(encoded, i);
                if (escaped < 0) {
                    return Optional.empty();
                }
                bytes.write(escaped);
                i += 2;
            } else if (c < ' ' || c > '~') {
                return Optional.empty();
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray());
    }

    /** The byte that the escape at a position stands for; negative if it is none. */
    private static int escaped(String encoded, int position) {
        if (position + 2 >= encoded.length()) {
            return -1;
        }
        int high = Character.digit(encoded.charAt(position + 1), RADIX);
        int low = Character.digit(encoded.charAt(position + 2), RADIX);
        return high < 0 || low < 0 ? -1 : high * RADIX + low;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
