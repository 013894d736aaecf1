package dev.standing.processor.store;

import dev.standing.domain.command.RequestKey;
import dev.standing.domain.command.RequestKey.ByCommandId;
import dev.standing.domain.command.RequestKey.ByRequestId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Request keys as bytes: a byte for the kind, then each id after its length, so that no two keys run together.
 */
final class RequestKeyBytes {

    private static final byte BY_REQUEST_ID = 1;
    private static final byte BY_COMMAND_ID = 2;

    private RequestKeyBytes() {}

    static Bytes of(RequestKey key) {
        if (key instanceof ByRequestId byRequestId) {
            return bytes(BY_REQUEST_ID, byRequestId.customerId(), byRequestId.source(), byRequestId.requestId());
        }
        ByCommandId byCommandId = (ByCommandId) key;
        return bytes(BY_COMMAND_ID, byCommandId.customerId(), byCommandId.commandId());
    }

    private static Bytes bytes(byte kind, String... ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            for (String id : ids) {
                byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written to", e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }
}
