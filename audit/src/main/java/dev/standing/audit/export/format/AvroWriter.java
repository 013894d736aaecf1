package dev.standing.audit.export.format;

import dev.standing.avro.CustomerEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** An object container file. Its sync marker, elsewhere random, is of the file's name. */
final class AvroWriter<R> implements RowWriter<R> {

    private static final int SYNC_BYTES = 16;
    private static final int BLOCK_BYTES = 64 << 10;

    private final RowShape<R> shape;
    private final DataFileWriter<IndexedRecord> rows;

    // The writer is not closed, since the stream is not its own.
    @SuppressWarnings("resource")
    AvroWriter(RowShape<R> shape, String name, OutputStream out) throws IOException {
        this.shape = shape;
        this.rows = new DataFileWriter<IndexedRecord>(
                        new GenericDatumWriter<>(shape.schema(), SpecificData.getForClass(CustomerEvent.class)))
                .setCodec(CodecFactory.nullCodec())
                .setSyncInterval(BLOCK_BYTES)
                .create(shape.schema(), out, sync(name));
    }

    private static byte[] sync(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, SYNC_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void write(R row) throws IOException {
        rows.append(shape.avro(row));
    }

    @Override
    public void finish() throws IOException {
        rows.flush();
    }
}
