package dev.standing.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Decodes one payload, and holds everything that it claims against its size, so that a few bytes cannot ask for gigabytes.
 *
 * <p>Strings and bytes are checked by {@link BinaryDecoder} itself, which knows how many bytes are left in an array. Items of arrays and maps are
 * counted here: a payload may not claim more of them, all together, than it has bytes (an item without any bytes makes no sense in a record).
 * Avro 1.12.2 counts them, too, but against the fewest bytes that an item of the <em>reader's</em> schema can have; that refuses good records as
 * soon as the reader's item has a field more than the writer's. {@link #remainingBytes} stays unknown to switch this off.
 */
final class BoundedDecoder extends Decoder {

    private final BinaryDecoder in;
    private long items;

    BoundedDecoder(byte[] data, int offset, int length) {
        this.in = DecoderFactory.get().binaryDecoder(data, offset, length, null);
        this.items = length;
    }

    /** Whether the payload is used up. */
    boolean isEnd() throws IOException {
        return in.isEnd();
    }

    private long claim(long count) {
        if (count > items) {
            throw new AvroRuntimeException(
                    "An array or a map claims " + count + " items, more than the payload has bytes for");
        }
        items -= count;
        return count;
    }

    @Override
    public long readArrayStart() throws IOException {
        return claim(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return claim(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return claim(in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return claim(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return claim(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return claim(in.skipMap());
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return in.readString(old);
    }

    @Override
    public String readString() throws IOException {
        return in.readString();
    }

    @Override
    public void skipString() throws IOException {
        in.skipString();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return in.readBytes(old);
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipBytes();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
