package dev.standing.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** What is answered besides status and headers. */
public sealed interface Body {

    /** Nothing. */
    record Empty() implements Body {}

    /** A JSON document, in UTF-8. */
    record Json(JsonNode document) implements Body {}

    /** Bytes as they are. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Bytes(byte[] bytes) implements Body {}

    /**
     * Text that goes on as it comes up.
     *
     * @param begin is handed the stream when the head of the answer is on its way; must not block
     */
    record Stream(Consumer<OpenStream> begin) implements Body {}
}
