package dev.standing.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Parses JSON (RFC 8259) with nothing added: a member that stands there twice, text behind the document, bytes that are
 * no UTF-8, and nesting or numbers beyond Jackson's default limits are refused. Numbers keep their digits.
 */
public final class StrictJson {

    /** Jackson's advice to programmers, and all behind it: how to have its parser take what it did not. */
    private static final Pattern ADVICE = Pattern.compile(
            "(: maybe a|: enable|: not allowed| \\(not recognized| \\(for [A-Za-z]+ starting| \\(start marker).*",
            Pattern.DOTALL);

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    // The table of names is one for all: names of one hash would be in the way of others' requests.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    private StrictJson() {}

    /**
     * The document that the bytes hold.
     *
     * @throws MalformedJsonException if they hold none, or more than one
     */
    public static JsonNode parse(byte[] utf8) throws MalformedJsonException {
        String text = text(utf8);
        if (text.isBlank()) {
            throw new MalformedJsonException("The body is empty");
        }
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(duplicate(e), "The body is not JSON: " + complaint(e) + place(e), e);
        } catch (NumberFormatException e) {
            // Jackson lets this one through.
            throw new MalformedJsonException("", "The body is not JSON: the exponent of a number is too long", e);
        }
    }

    private static String text(byte[] utf8) throws MalformedJsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("", "The body is not UTF-8", e);
        }
    }

    /** What is wrong, in words that tell nothing of what reads it. */
    private static String complaint(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deeply, or a name or a number in it is too long";
        }
        if (e instanceof JsonEOFException) {
            return "it ends too early";
        }
        if (e instanceof MismatchedInputException) {
            return "something follows the document";
        }
        return ADVICE.matcher(e.getOriginalMessage()).replaceFirst("");
    }

    /** The path of the member that stands there twice; empty if something else is wrong. */
    private static String duplicate(JsonProcessingException e) {
        boolean isDuplicate = e.getOriginalMessage().startsWith("Duplicate field");
        return isDuplicate && e.getProcessor() instanceof JsonParser parser ? path(parser.getParsingContext()) : "";
    }

    private static String path(JsonStreamContext innermost) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext context = innermost; context != null; context = context.getParent()) {
            if (context.inArray()) {
                path.insert(0, "[" + context.getCurrentIndex() + "]");
            } else if (context.inObject()) {
                path.insert(0, "." + context.getCurrentName());
            }
        }
        return path.indexOf(".") == 0 ? path.substring(1) : path.toString();
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
