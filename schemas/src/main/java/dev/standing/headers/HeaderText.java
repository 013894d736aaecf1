package dev.standing.headers;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads and writes headers that are text in UTF-8. */
public final class HeaderText {

    private HeaderText() {}

    /**
     * Reads a header; of several with the name, the last.
     *
     * @param headers the record's headers
     * @param name the header's name
     * @return empty if there is none, or its value is null; what is not UTF-8 becomes U+FFFD
     */
    public static Optional<String> read(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /**
     * Adds a header.
     *
     * @param headers the record's headers
     * @param name the header's name
     * @param value its value; not null
     */
    public static void write(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a header as another record has it; nothing if that has none.
     *
     * @param from the other record's headers
     * @param to the record's headers
     * @param name the header's name
     */
    public static void copy(Headers from, Headers to, String name) {
        Header header = from.lastHeader(name);
        if (header != null && header.value() != null) {
            to.add(name, header.value());
        }
    }
}
