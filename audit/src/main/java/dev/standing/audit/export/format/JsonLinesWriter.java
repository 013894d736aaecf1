package dev.standing.audit.export.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;

/** One JSON object a line. */
final class JsonLinesWriter<R> implements RowWriter<R> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RowShape<R> shape;
    private final OutputStream out;

    JsonLinesWriter(RowShape<R> shape, OutputStream out) {
        this.shape = shape;
        this.out = out;
    }

    @Override
    public void write(R row) throws IOException {
        out.write(JSON.writeValueAsBytes(shape.json(row)));
        out.write('\n');
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }
}
