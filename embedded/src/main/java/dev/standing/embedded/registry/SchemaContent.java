package dev.standing.embedded.registry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What makes a schema itself wherever it is registered: equal content has one id.
 *
 * @param text the schema as canonical JSON
 * @param references the types it takes from elsewhere
 */
record SchemaContent(String text, List<SchemaReference> references) {

    SchemaContent {
        Objects.requireNonNull(text, "text");
        references = List.copyOf(references);
    }

    /** A name of the content that is the same in every registry of this kind. */
    String guid() {
        return UUID.nameUUIDFromBytes((text + references).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
