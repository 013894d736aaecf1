package dev.standing.audit.export;

import dev.standing.audit.log.Partitions;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes rows to a directory. It can be stopped at any moment: the same request goes on from there, and in the end there are
 * the same bytes as if it had never been stopped. The request again, once it is finished, adds what the log has got since.
 * What earlier runs have finished is read and hashed again: what is not as they had left it is written again.
 *
 * @param <R> the rows
 */
public final class Export<R> {

    private final ExportRequest request;
    private final RowSource<R> source;
    private final Progress progress;
    private final String contents;

    /**
     * An export that is not begun.
     *
     * @param contents what the rows are, in one word
     * @param progress told how much there is to do; the source tells what is done
     */
    public Export(ExportRequest request, String contents, RowSource<R> source, Progress progress) {
        this.request = request;
        this.contents = contents;
        this.source = source;
        this.progress = progress;
    }

    /**
     * Runs it to its end.
     *
     * @throws ExportRefusedException if the directory is not for this export; nothing was changed
     * @throws UnwritableDirectoryException if a file cannot be written
     * @throws dev.standing.audit.log.LogUnavailableException if the log cannot be read
     */
    public ExportResult run() {
        try (ExportDirectory directory = hold()) {
            Plan plan = plan(directory);
            List<FinishedChunk> written;
            try (Journal journal = directory.begin(plan.content())) {
                directory.keepOnly(plan.keptFiles());
                progress.begin("Export", plan.offsetsLeft());
                written = write(directory, journal, plan);
            }
            List<FinishedChunk> all = new ArrayList<>(plan.content().chunks());
            all.addAll(written);
            Manifest manifest =
                    Manifest.of(plan.content().terms(), plan.content().slices(), all);
            directory.finish(manifest);
            return new ExportResult(
                    manifest.total().files(),
                    manifest.total().count(),
                    manifest.total().bytes(),
                    plan.content().chunks().size(),
                    written.size(),
                    HashingFile.hash(directory.place(ExportDirectory.MANIFEST)),
                    manifest.unreadable(),
                    plan.spoilt());
        } catch (UncheckedIOException e) {
            throw unwritable(e.getCause());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private ExportDirectory hold() {
        try {
            return ExportDirectory.hold(request.directory());
        } catch (IOException e) {
            throw new UnwritableDirectoryException(
                    "The export to " + request.directory() + " cannot be begun, and no file was written", e);
        }
    }

    private UnwritableDirectoryException unwritable(IOException cause) {
        return new UnwritableDirectoryException(
                "The export to " + request.directory()
                        + " cannot go on; what is finished is kept, and the same command goes on from there",
                cause);
    }

    /**
     * What is to be done.
     *
     * @param content as the journal is to say: with the chunks that are kept
     * @param left the chunks that are not finished, by partition and in their order
     * @param spoilt the files that earlier runs had finished, and that are not as they were, by path
     */
    private record Plan(Journal.Content content, List<Chunk> left, List<String> spoilt) {

        long offsetsLeft() {
            return left.stream().mapToLong(Chunk::length).sum();
        }

        Set<String> keptFiles() {
            Set<String> kept = new HashSet<>();
            content.chunks().forEach(chunk -> chunk.files().forEach(file -> kept.add(file.path())));
            return kept;
        }
    }

    private Plan plan(ExportDirectory directory) throws IOException {
        List<Slice> now = source.slices();
        String topic = now.isEmpty() ? "" : now.get(0).topic();
        Terms terms = Terms.of(contents, request.format(), topic, request);
        Optional<Journal.Content> unfinished = directory.journal();
        if (unfinished.isPresent()) {
            refuseOther(terms, unfinished.get().terms());
            // The ends stay where the first run has set them.
            grown(unfinished.get().slices(), now);
            return plan(
                    directory,
                    terms,
                    unfinished.get().slices(),
                    unfinished.get().chunks());
        }
        Optional<Manifest> finished = directory.manifest();
        if (finished.isPresent()) {
            refuseOther(terms, new Terms(finished.get().terms()));
            return plan(
                    directory,
                    terms,
                    grown(finished.get().slices(), now),
                    finished.get().chunks(request.chunk()));
        }
        return plan(directory, terms, now, List.of());
    }

    private void refuseOther(Terms asked, Terms there) {
        List<String> differences = asked.differences(there);
        if (!differences.isEmpty()) {
            throw new ExportRefusedException(
                    request.directory() + " holds another export: its " + String.join("; its ", differences));
        }
    }

    /** The slices of before, up to where they reach now. */
    private List<Slice> grown(List<Slice> before, List<Slice> now) {
        Map<Integer, Slice> byPartition = new HashMap<>();
        now.forEach(slice -> byPartition.put(slice.partition(), slice));
        List<Slice> grown = new ArrayList<>();
        for (Slice slice : before) {
            Slice there = byPartition.get(slice.partition());
            if (there == null || there.end() < slice.end() || before.size() != now.size()) {
                throw new ExportRefusedException(request.directory() + " holds more of " + slice.topic()
                        + ", partition " + slice.partition() + ", than there is now: is it of another deployment?");
            }
            grown.add(slice.until(there.end()));
        }
        return grown;
    }

    private Plan plan(ExportDirectory directory, Terms terms, List<Slice> slices, List<FinishedChunk> finished)
            throws IOException {
        Map<Chunk, FinishedChunk> whole = new HashMap<>();
        Set<String> spoilt = new TreeSet<>();
        if (!finished.isEmpty()) {
            progress.begin(
                    "Comparing",
                    finished.stream().mapToLong(chunk -> chunk.chunk().length()).sum());
        }
        for (FinishedChunk chunk : finished) {
            List<String> others = spoilt(directory, chunk);
            if (others.isEmpty()) {
                whole.put(chunk.chunk(), chunk);
            }
            spoilt.addAll(others);
            progress.advanced(chunk.chunk().length());
        }
        List<FinishedChunk> kept = new ArrayList<>();
        List<Chunk> left = new ArrayList<>();
        for (Slice slice : slices) {
            for (Chunk chunk : Chunk.of(slice, request.chunk())) {
                Optional.ofNullable(whole.get(chunk)).ifPresentOrElse(kept::add, () -> left.add(chunk));
            }
        }
        return new Plan(new Journal.Content(terms, slices, kept), left, List.copyOf(spoilt));
    }

    private static List<String> spoilt(ExportDirectory directory, FinishedChunk chunk) throws IOException {
        List<String> spoilt = new ArrayList<>();
        for (ExportedFile file : chunk.files()) {
            if (!directory.has(file)) {
                spoilt.add(file.path());
            }
        }
        return spoilt;
    }

    private List<FinishedChunk> write(ExportDirectory directory, Journal journal, Plan plan) {
        List<Slice> slices = plan.content().slices();
        return Partitions.map(slices, request.threads(), slice -> write(directory, journal, slice, plan.left()))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<FinishedChunk> write(ExportDirectory directory, Journal journal, Slice slice, List<Chunk> left) {
        List<FinishedChunk> written = new ArrayList<>();
        List<Chunk> run = new ArrayList<>();
        for (Chunk chunk : left) {
            if (chunk.partition() != slice.partition()) {
                continue;
            }
            if (!run.isEmpty() && run.get(run.size() - 1).end() != chunk.begin()) {
                written.addAll(writeRun(directory, journal, slice, run));
                run.clear();
            }
            run.add(chunk);
        }
        if (!run.isEmpty()) {
            written.addAll(writeRun(directory, journal, slice, run));
        }
        return written;
    }

    /** Chunks that follow each other are read in one go. */
    private List<FinishedChunk> writeRun(ExportDirectory directory, Journal journal, Slice slice, List<Chunk> chunks) {
        Slice part = new Slice(
                slice.topic(),
                slice.partition(),
                slice.first(),
                chunks.get(0).begin(),
                chunks.get(chunks.size() - 1).end());
        List<FinishedChunk> written = new ArrayList<>();
        try (ChunkedRows<R> rows = new ChunkedRows<>(source.rows(part))) {
            for (Chunk chunk : chunks) {
                FinishedChunk finished = write(directory, chunk, rows);
                journal.add(finished);
                written.add(finished);
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FinishedChunk write(ExportDirectory directory, Chunk chunk, ChunkedRows<R> rows) throws IOException {
        UnreadableRecords unreadable = new UnreadableRecords();
        try (DatedFiles<R> files = new DatedFiles<>(directory, request.format(), source.shape())) {
            for (Optional<Row<R>> next = rows.next(chunk); next.isPresent(); next = rows.next(chunk)) {
                Row<R> row = next.get();
                if (row instanceof Row.Whole<R> whole) {
                    files.write(whole.value());
                } else if (row instanceof Row.Partial<R> partial) {
                    files.write(partial.value());
                    unreadable.add(partial.place(), partial.reason());
                } else if (row instanceof Row.Broken<R> broken) {
                    unreadable.add(broken.place(), broken.reason());
                }
            }
            return new FinishedChunk(chunk, files.finish(), unreadable.all());
        }
    }
}
