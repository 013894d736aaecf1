package dev.standing.audit.export.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RFC 4180: lines end with CR and LF. No value is nothing between the commas, and an empty text is {@code ""}. */
final class CsvWriter<R> implements RowWriter<R> {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private final List<Column<R>> columns;
    private final SequenceWriter rows;

    CsvWriter(RowShape<R> shape, OutputStream out) throws IOException {
        this.columns = shape.columns();
        CsvSchema.Builder schema =
                CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n").setNullValue("");
        columns.forEach(column -> schema.addColumn(column.name()));
        this.rows = CSV.writer(schema.build()).writeValues(out);
    }

    @Override
    public void write(R row) throws IOException {
        List<Object> cells = new ArrayList<>(columns.size());
        for (Column<R> column : columns) {
            Optional<?> value = column.value().apply(row);
            cells.add(value.isPresent() ? cell(column.type(), value.get()) : null);
        }
        rows.write(cells);
    }

    private static Object cell(ColumnType type, Object value) {
        return type == ColumnType.TIMESTAMP ? value.toString() : value;
    }

    @Override
    public void finish() throws IOException {
        rows.flush();
    }
}
