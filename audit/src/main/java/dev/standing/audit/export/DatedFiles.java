package dev.standing.audit.export;

import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.export.format.RowShape;
import dev.standing.audit.export.format.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one chunk, by the date of their events. They lie beside their places until the chunk is finished. For one
 * thread.
 *
 * <p>Only so many are open at a time: the one that was written longest ago is ended, and a later event of its date begins
 * another. So what a chunk's files are depends on its events alone.
 *
 * @param <R> the rows
 */
final class DatedFiles<R> implements AutoCloseable {

    /** How many files one chunk has open at the same time. */
    static final int MOST_OPEN = 64;

    private static final float LOAD_FACTOR = 0.75f;

    private final ExportDirectory directory;
    private final ExportFormat format;
    private final RowShape<R> shape;
    private final Map<LocalDate, Open> open = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private final List<ExportedFile> ended = new ArrayList<>();

    DatedFiles(ExportDirectory directory, ExportFormat format, RowShape<R> shape) {
        this.directory = directory;
        this.format = format;
        this.shape = shape;
    }

    void write(R row) throws IOException {
        LocalDate date = LocalDate.ofInstant(shape.recordedAt(row), ZoneOffset.UTC);
        Open file = open.get(date);
        if (file == null) {
            makeRoom();
            file = new Open(date, row);
            open.put(date, file);
        }
        file.write(row);
    }

    private void makeRoom() throws IOException {
        if (open.size() == MOST_OPEN) {
            var eldest = open.values().iterator();
            ended.add(eldest.next().end());
            eldest.remove();
        }
    }

    /** Ends all files, and puts them into their places. */
    List<ExportedFile> finish() throws IOException {
        for (Open file : open.values()) {
            ended.add(file.end());
        }
        open.clear();
        ended.sort(Comparator.comparing(ExportedFile::path));
        directory.publish(ended);
        return ended;
    }

    /** Lets go of what was not finished. It is removed by the next run. */
    @Override
    public void close() throws IOException {
        for (Open file : open.values()) {
            file.file.close();
        }
    }

    /** A file that rows are still added to. */
    private final class Open {

        private final String path;
        private final int partition;
        private final HashingFile file;
        private final RowWriter<R> rows;
        private long first = Long.MAX_VALUE;
        private long last;
        private long count;

        Open(LocalDate date, R row) throws IOException {
            this.partition = shape.place(row).partition();
            this.path = ExportDirectory.path(
                    date, shape.prefix(), partition, shape.place(row).offset(), format);
            this.file = new HashingFile(directory.unfinished(path));
            this.rows = format.begin(shape, Path.of(path).getFileName().toString(), file.out());
        }

        void write(R row) throws IOException {
            rows.write(row);
            long offset = shape.place(row).offset();
            first = Math.min(first, offset);
            last = Math.max(last, offset);
            count++;
        }

        ExportedFile end() throws IOException {
            rows.finish();
            HashingFile.Written written = file.finish();
            return new ExportedFile(path, partition, first, last, count, written.bytes(), written.sha256());
        }
    }
}
