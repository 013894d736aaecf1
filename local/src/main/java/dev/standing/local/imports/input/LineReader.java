package dev.standing.local.imports.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a stream line by line, and holds one line at a time. Lines end with LF, CRLF or the stream. In CSV a line break
 * within quotation marks ends nothing. A byte order mark at the very beginning is skipped.
 */
final class LineReader {

    /** The most bytes of a line. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int END = -1;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private final Quoting quoting;
    private final int maxBytes;
    private Position position;

    /**
     * Makes one.
     *
     * @param in buffered, and standing at the position
     */
    LineReader(InputStream in, FileFormat format, Position position) {
        this(in, format, position, MAX_BYTES);
    }

    LineReader(InputStream in, FileFormat format, Position position, int maxBytes) {
        this.in = in;
        this.quoting = new Quoting(format == FileFormat.CSV);
        this.maxBytes = maxBytes;
        this.position = position;
    }

    /** The next line, be it blank; empty: there is none. */
    Optional<RawLine> next() throws IOException {
        if (position.bytes() == 0) {
            skipByteOrderMark();
        }
        long number = position.lines() + 1;
        long lines = position.lines();
        long length = position.bytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean tooLong = false;
        int next = in.read();
        if (next == END) {
            return Optional.empty();
        }
        quoting.begin();
        while (next != END) {
            length++;
            if (next == '\n') {
                lines++;
                if (!quoting.isOpen()) {
                    break;
                }
            }
            quoting.see(next);
            tooLong = tooLong || bytes.size() >= maxBytes;
            if (!tooLong) {
                bytes.write(next);
            }
            next = in.read();
        }
        if (next == END) {
            lines++;
        }
        position = new Position(lines, length);
        return Optional.of(new RawLine(number, position, tooLong ? Optional.empty() : Optional.of(chomp(bytes))));
    }

    private static byte[] chomp(ByteArrayOutputStream bytes) {
        byte[] all = bytes.toByteArray();
        boolean carriageReturn = all.length > 0 && all[all.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(all, all.length - 1) : all;
    }

    private void skipByteOrderMark() throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        for (int expected : BYTE_ORDER_MARK) {
            if (in.read() != expected) {
                in.reset();
                return;
            }
        }
        position = new Position(0, BYTE_ORDER_MARK.length);
    }

    /** Whether a byte of CSV is within quotation marks: they open a cell only at its beginning. */
    private static final class Quoting {

        private final boolean counts;
        private boolean open;
        private boolean cellBegins;
        private boolean afterQuote;

        Quoting(boolean counts) {
            this.counts = counts;
        }

        void begin() {
            open = false;
            cellBegins = true;
            afterQuote = false;
        }

        boolean isOpen() {
            return open;
        }

        void see(int next) {
            if (!counts) {
                return;
            }
            boolean quote = next == '"';
            if (open) {
                open = !quote;
                afterQuote = quote;
            } else if (quote && (cellBegins || afterQuote)) {
                open = true;
                afterQuote = false;
            } else {
                afterQuote = false;
            }
            cellBegins = !open && next == ',';
        }
    }
}
