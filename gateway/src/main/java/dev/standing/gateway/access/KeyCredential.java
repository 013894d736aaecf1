package dev.standing.gateway.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The name of a key and the secret that goes with it, as a caller gives them.
 *
 * @param keyId names the key; has no colon
 * @param credential the secret
 */
public record KeyCredential(String keyId, String credential) {

    /** The longest base64 that is decoded: more than any name and credential that a key can have. */
    static final int MAX_BASE64_LENGTH = 8_192;

    /** As {@code curl -u} and other clients take them: {@code keyId:credential}. */
    public String text() {
        return keyId + ":" + credential;
    }

    /** As the header {@code Authorization} and {@code api.credential} take them: Basic authentication (RFC 7617). */
    public String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Those of a text like {@link #text}, in which blanks around it do not count.
     *
     * @return empty: there is no colon in it, or nothing before it
     */
    public static Optional<KeyCredential> ofText(String text) {
        String pair = text.strip();
        int colon = pair.indexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.of(new KeyCredential(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    /**
     * Those of Basic authentication (RFC 7617) in UTF-8, without the word Basic.
     *
     * @return empty: it is not base64 of two texts with a colon between them
     */
    static Optional<KeyCredential> ofBase64(String base64) {
        if (base64.length() > MAX_BASE64_LENGTH) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
            int colon = text.indexOf(':');
            return colon <= 0
                    ? Optional.empty()
                    : Optional.of(new KeyCredential(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Tells nothing: the credential is never to be logged, nor what may have been taken for the name. */
    @Override
    public String toString() {
        return "KeyCredential";
    }
}
