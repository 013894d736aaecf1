package dev.standing.audit.export.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Apache Parquet with flat columns. Written here on the structures of the format alone, since the usual writer brings
 * Hadoop along, and puts what it tells of encodings in the order of a hash set of enums, which is another in each process.
 */
final class ParquetWriter<R> implements RowWriter<R> {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String WRITER = "Standing version 1";
    private static final int FORMAT_VERSION = 1;
    private static final long MOST_BYTES_OF_GROUP = 64L << 20;

    private final List<Column<R>> columns;
    private final List<ParquetColumn> chunks = new ArrayList<>();
    private final List<RowGroup> groups = new ArrayList<>();
    private final OutputStream out;
    private long position;
    private long rows;
    private long rowsOfGroup;

    ParquetWriter(RowShape<R> shape, OutputStream out) throws IOException {
        this.columns = shape.columns();
        this.out = out;
        columns.forEach(column -> chunks.add(new ParquetColumn(column.name(), column.type(), column.required())));
        put(MAGIC);
    }

    @Override
    public void write(R row) throws IOException {
        long bytes = 0;
        for (int i = 0; i < chunks.size(); i++) {
            chunks.get(i).add(columns.get(i).value().apply(row));
            bytes += chunks.get(i).bytes();
        }
        rows++;
        rowsOfGroup++;
        if (bytes >= MOST_BYTES_OF_GROUP) {
            endGroup();
        }
    }

    private void endGroup() throws IOException {
        long begin = position;
        long bytes = 0;
        List<ColumnChunk> written = new ArrayList<>();
        for (ParquetColumn chunk : chunks) {
            ParquetColumn.Chunk ended = chunk.end(position);
            put(ended.pages());
            bytes += ended.description().getMeta_data().getTotal_uncompressed_size();
            written.add(ended.description());
        }
        groups.add(new RowGroup(written, bytes, rowsOfGroup)
                .setFile_offset(begin)
                .setTotal_compressed_size(position - begin)
                .setOrdinal((short) groups.size()));
        rowsOfGroup = 0;
    }

    @Override
    public void finish() throws IOException {
        if (rowsOfGroup > 0) {
            endGroup();
        }
        byte[] footer = footer();
        put(footer);
        put(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        put(MAGIC);
        out.flush();
    }

    private byte[] footer() throws IOException {
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("row").setNum_children(columns.size()));
        chunks.forEach(chunk -> schema.add(chunk.schema()));
        List<ColumnOrder> orders = chunks.stream()
                .map(chunk -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
                .toList();
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(
                new FileMetaData(FORMAT_VERSION, schema, rows, groups)
                        .setCreated_by(WRITER)
                        .setColumn_orders(orders),
                footer);
        return footer.toByteArray();
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }
}
