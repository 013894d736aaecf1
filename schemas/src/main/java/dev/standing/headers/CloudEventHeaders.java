package dev.standing.headers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * Writes the headers of CloudEvents 1.0 in Kafka's binary content mode, for one source. Safe for use by many threads.
 *
 * <p>See the CloudEvents Kafka protocol binding, 3.2.
 */
public final class CloudEventHeaders {

    private static final byte[] SPECVERSION = "1.0".getBytes(StandardCharsets.US_ASCII);

    private final byte[] source;

    /**
     * Makes one for a source.
     *
     * @param source who writes the records, as a URI reference; not empty
     */
    public CloudEventHeaders(String source) {
        if (source.isBlank()) {
            throw new IllegalArgumentException("CloudEvents demand a source that is not empty");
        }
        this.source = source.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds the headers.
     *
     * @param headers the record's headers, which have none of these yet
     * @param id unique within the source; not empty
     * @param type what the record is; not empty
     * @param time when it happened, in the years 0 to 9999
     */
    public void write(Headers headers, String id, String type, Instant time) {
        // Header values are never changed by Kafka: the constant ones are shared.
        headers.add(HeaderNames.CE_SPECVERSION, SPECVERSION);
        headers.add(HeaderNames.CE_SOURCE, source);
        HeaderText.write(headers, HeaderNames.CE_ID, id);
        HeaderText.write(headers, HeaderNames.CE_TYPE, type);
        HeaderText.write(headers, HeaderNames.CE_TIME, time.toString());
    }

    /**
     * Passes W3C Trace Context on, if there is any.
     *
     * @param cause the headers of the record that caused this one
     * @param headers the record's headers
     */
    public static void passOnTrace(Headers cause, Headers headers) {
        HeaderText.copy(cause, headers, HeaderNames.TRACEPARENT);
    }
}
