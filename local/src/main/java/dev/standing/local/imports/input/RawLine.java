package dev.standing.local.imports.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of JSON Lines, or a record of CSV, which may go over several lines.
 *
 * @param number the number of its first line, from 1 on
 * @param end where the next one begins
 * @param bytes its bytes without those that end it; empty if there are more than a line may have
 */
record RawLine(long number, Position end, Optional<byte[]> bytes) {

    /** Its text; empty if the bytes are no UTF-8, or too many. */
    Optional<String> text() {
        return bytes.flatMap(RawLine::decode);
    }

    private static Optional<String> decode(byte[] utf8) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Its text, as well as it can be shown; empty if it is too long to be kept. */
    Optional<String> shown() {
        return bytes.map(some -> new String(some, StandardCharsets.UTF_8));
    }
}
