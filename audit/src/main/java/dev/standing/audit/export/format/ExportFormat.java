package dev.standing.audit.export.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** The formats of exported files. */
public enum ExportFormat {
    /** One JSON object a line. */
    JSONL,
    /** RFC 4180, with a header, in UTF-8. A value is as it is; nothing is put before what a spreadsheet takes for a formula. */
    CSV,
    /** Avro's object container files, not compressed. */
    AVRO,
    /** Apache Parquet, with the columns of CSV, compressed with Zstandard. */
    PARQUET;

    /** How names of files end, without the dot. */
    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Begins a file.
     *
     * @param name the file's name, which some formats need as a seed
     * @param out buffered; not closed by the writer
     */
    public <R> RowWriter<R> begin(RowShape<R> shape, String name, OutputStream out) throws IOException {
        return switch (this) {
            case JSONL -> new JsonLinesWriter<>(shape, out);
            case CSV -> new CsvWriter<>(shape, out);
            case AVRO -> new AvroWriter<>(shape, name, out);
            case PARQUET -> new ParquetWriter<>(shape, out);
        };
    }
}
