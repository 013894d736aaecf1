package dev.standing.processor.intake;

import dev.standing.avro.store.ParkedCommand;
import dev.standing.avro.store.ParkedHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A record of the commands topic as it was received.
 *
 * @param key null where it has none
 * @param value null where it has none
 * @param headers never null
 * @param timestamp the record's own time, in milliseconds since the epoch
 * @param offset where it stands in its partition
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record ReceivedCommand(
        byte @Nullable [] key, byte @Nullable [] value, Headers headers, long timestamp, long offset) {

    /** Two lengths as variable-length integers, of at most five bytes each. */
    private static final int HEADER_OVERHEAD = 10;

    /** The bytes of key, value and headers together; at least as many as a broker or a changelog takes for them. */
    public long size() {
        return length(key) + length(value) + headersSize();
    }

    /** The bytes of the headers: names, values and their lengths. */
    public long headersSize() {
        long size = 0;
        for (Header header : headers) {
            size += Utils.utf8Length(header.key()) + length(header.value()) + HEADER_OVERHEAD;
        }
        return size;
    }

    /** The form in which it is kept. */
    public ParkedCommand toAvro() {
        List<ParkedHeader> kept = new ArrayList<>();
        for (Header header : headers) {
            kept.add(new ParkedHeader(header.key(), buffer(header.value())));
        }
        return new ParkedCommand(buffer(key), buffer(value), kept, timestamp, offset);
    }

    /** The record that was kept. */
    public static ReceivedCommand of(ParkedCommand kept) {
        Headers headers = new RecordHeaders();
        for (ParkedHeader header : kept.getHeaders()) {
            headers.add(header.getName(), bytes(header.getContent()));
        }
        return new ReceivedCommand(
                bytes(kept.getKey()), bytes(kept.getContent()), headers, kept.getTimestamp(), kept.getOffset());
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static byte @Nullable [] bytes(Optional<ByteBuffer> buffer) {
        return buffer.map(present -> {
                    byte[] bytes = new byte[present.remaining()];
                    present.duplicate().get(bytes);
                    return bytes;
                })
                .orElse(null);
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
