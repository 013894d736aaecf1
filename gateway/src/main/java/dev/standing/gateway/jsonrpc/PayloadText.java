package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the member {@code params.payload} of calls as it was received: signatures are made over its very bytes. */
final class PayloadText {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
    private static final byte[] NONE = {};

    private final String document;
    private final JsonParser parser;

    private PayloadText(String document, JsonParser parser) {
        this.document = document;
        this.parser = parser;
    }

    /**
     * The payloads of a call or a batch, from the first bracket to the last.
     *
     * @param document JSON in UTF-8 that was read without complaint
     * @return one for each element, in their order; empty for one without a payload that is an object
     */
    static List<byte[]> of(byte[] document) {
        // Text, as it was read before: a parser of bytes has other limits, and guesses encodings. A text that came as
        // UTF-8
        // turns into the very same bytes again.
        String text = new String(document, StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new PayloadText(text, parser).all();
        } catch (IOException e) {
            throw new UncheckedIOException("The document was read before", e);
        }
    }

    private List<byte[]> all() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return List.of(ofCall());
        }
        List<byte[]> payloads = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            payloads.add(ofCall());
        }
        return payloads;
    }

    /** The payload of the call whose first token is the current one; goes on to its last. */
    private byte[] ofCall() throws IOException {
        byte[] payload = NONE;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return payload;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isParams = parser.currentName().equals("params");
            parser.nextToken();
            if (isParams) {
                payload = ofParams();
            } else {
                parser.skipChildren();
            }
        }
        return payload;
    }

    /** The payload of the parameters whose first token is the current one; goes on to their last. */
    private byte[] ofParams() throws IOException {
        byte[] payload = NONE;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return payload;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isPayload = parser.currentName().equals("payload");
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            int begin = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
            parser.skipChildren();
            if (isPayload && isObject) {
                int end = Math.toIntExact(parser.currentLocation().getCharOffset());
                payload = document.substring(begin, end).getBytes(StandardCharsets.UTF_8);
            }
        }
        return payload;
    }
}
