package dev.standing.audit.export.format;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** One column of a Parquet file: the values since its last chunk was ended, plainly encoded in compressed pages. */
final class ParquetColumn {

    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;
    private static final int LEVEL = 3;
    private static final int BITS = Byte.SIZE;

    private final String name;
    private final ColumnType type;
    private final boolean required;

    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private long uncompressed;
    private long valuesOfChunk;
    private long nulls;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream presence = new ByteArrayOutputStream();
    private int rowsOfPage;
    private boolean presentRun;
    private int runLength;
    private int bits;
    private int bitCount;

    ParquetColumn(String name, ColumnType type, boolean required) {
        this.name = name;
        this.type = type;
        this.required = required;
    }

    /**
     * A chunk that is ended.
     *
     * @param pages as they are written to the file
     * @param description what the footer says of it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Chunk(byte[] pages, ColumnChunk description) {}

    /** Roughly how many bytes are held in memory. */
    long bytes() {
        return (long) pages.size() + values.size();
    }

    /** The next row's value. */
    void add(Optional<?> value) throws IOException {
        if (required && value.isEmpty()) {
            throw new IllegalArgumentException("Every row has a " + name);
        }
        if (value.isPresent() != presentRun) {
            endRun();
            presentRun = value.isPresent();
        }
        runLength++;
        rowsOfPage++;
        if (value.isPresent()) {
            encode(value.get());
        } else {
            nulls++;
        }
        if (rowsOfPage == PAGE_ROWS || values.size() >= PAGE_BYTES) {
            endPage();
        }
    }

    private void encode(Object value) {
        switch (type) {
            case TEXT -> {
                byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
                values.writeBytes(little(Integer.BYTES).putInt(text.length).array());
                values.writeBytes(text);
            }
            case INTEGER -> {
                span((Integer) value);
                values.writeBytes(little(Integer.BYTES).putInt((Integer) value).array());
            }
            case LONG -> number((Long) value);
            case TIMESTAMP -> number(((Instant) value).toEpochMilli());
            case BOOLEAN -> bit((Boolean) value);
        }
    }

    private void number(long value) {
        span(value);
        values.writeBytes(little(Long.BYTES).putLong(value).array());
    }

    private void span(long value) {
        least = Math.min(least, value);
        most = Math.max(most, value);
    }

    /** From the lowest bit of a byte to the highest. */
    private void bit(boolean value) {
        if (value) {
            bits |= 1 << bitCount;
        }
        bitCount++;
        if (bitCount == BITS) {
            endBits();
        }
    }

    private void endBits() {
        if (bitCount > 0) {
            values.write(bits);
            bits = 0;
            bitCount = 0;
        }
    }

    /** How often one level is repeated, as a varint whose lowest bit says so, and the level. */
    private void endRun() {
        if (runLength > 0) {
            int left = runLength << 1;
            while ((left & ~0x7f) != 0) {
                presence.write((left & 0x7f) | 0x80);
                left >>>= 7;
            }
            presence.write(left);
            presence.write(presentRun ? 1 : 0);
            runLength = 0;
        }
    }

    private void endPage() throws IOException {
        endRun();
        endBits();
        byte[] page = page();
        byte[] compressed = Zstd.compress(page, LEVEL);
        int before = pages.size();
        Util.writePageHeader(
                new PageHeader(PageType.DATA_PAGE, page.length, compressed.length)
                        .setData_page_header(
                                new DataPageHeader(rowsOfPage, Encoding.PLAIN, Encoding.RLE, Encoding.RLE)),
                pages);
        uncompressed += pages.size() - before + page.length;
        pages.writeBytes(compressed);
        valuesOfChunk += rowsOfPage;
        rowsOfPage = 0;
        values.reset();
        presence.reset();
    }

    private byte[] page() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (!required) {
            page.writeBytes(little(Integer.BYTES).putInt(presence.size()).array());
            page.writeBytes(presence.toByteArray());
        }
        page.writeBytes(values.toByteArray());
        return page.toByteArray();
    }

    /**
     * Ends the chunk, and begins another.
     *
     * @param position where in the file it is going to lie
     */
    Chunk end(long position) throws IOException {
        if (rowsOfPage > 0) {
            endPage();
        }
        ColumnMetaData data = new ColumnMetaData(
                        physical(),
                        List.of(Encoding.PLAIN, Encoding.RLE),
                        List.of(name),
                        CompressionCodec.ZSTD,
                        valuesOfChunk,
                        uncompressed,
                        pages.size(),
                        position)
                .setStatistics(statistics());
        Chunk chunk = new Chunk(pages.toByteArray(), new ColumnChunk(0).setMeta_data(data));
        pages.reset();
        uncompressed = 0;
        valuesOfChunk = 0;
        nulls = 0;
        least = Long.MAX_VALUE;
        most = Long.MIN_VALUE;
        return chunk;
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics().setNull_count(nulls);
        if (least <= most) {
            statistics.setMin_value(plain(least)).setMax_value(plain(most));
        }
        return statistics;
    }

    private byte[] plain(long value) {
        return type == ColumnType.INTEGER
                ? little(Integer.BYTES).putInt((int) value).array()
                : little(Long.BYTES).putLong(value).array();
    }

    private Type physical() {
        return switch (type) {
            case TEXT -> Type.BYTE_ARRAY;
            case INTEGER -> Type.INT32;
            case LONG, TIMESTAMP -> Type.INT64;
            case BOOLEAN -> Type.BOOLEAN;
        };
    }

    /** What the footer's schema says of it. */
    SchemaElement schema() {
        SchemaElement element = new SchemaElement(name)
                .setType(physical())
                .setRepetition_type(required ? FieldRepetitionType.REQUIRED : FieldRepetitionType.OPTIONAL);
        if (type == ColumnType.TEXT) {
            element.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()));
        }
        if (type == ColumnType.TIMESTAMP) {
            element.setConverted_type(ConvertedType.TIMESTAMP_MILLIS)
                    .setLogicalType(
                            LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MILLIS(new MilliSeconds()))));
        }
        return element;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
