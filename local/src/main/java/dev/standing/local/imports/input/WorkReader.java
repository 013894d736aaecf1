package dev.standing.local.imports.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file piece by piece. What it gives depends only on what the file says behind the place where it begins, so
 * that whoever goes on behind some work gets the same work as whoever never stopped.
 */
public final class WorkReader {

    private static final int BUFFER = 1 << 16;
    /** Well below what a gateway takes (1 MiB by default). */
    private static final int MAX_LIST_BYTES = 512 * 1024;

    private final LineReader lines;
    private final EntryParser parser;
    private Optional<Read> ahead = Optional.empty();

    private WorkReader(LineReader lines, EntryParser parser) {
        this.lines = lines;
        this.parser = parser;
    }

    private record Read(RawLine line, Entry entry) {

        SourceLine source() {
            return new SourceLine(line.number(), line.shown());
        }
    }

    /**
     * Begins to read.
     *
     * @param in the file from its beginning; remains the caller's
     * @param start where to begin: {@link Position#START}, or the end of some work
     * @throws UnusableFileException if the file's header is not usable, or it ends before the start
     */
    public static WorkReader open(InputStream in, FileFormat format, Position start) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        if (format == FileFormat.JSONL) {
            buffered.skipNBytes(start.bytes());
            return new WorkReader(new LineReader(buffered, format, start), new JsonLine());
        }
        LineReader fromStart = new LineReader(buffered, format, Position.START);
        RawLine header = fromStart.next().orElseThrow(() -> new UnusableFileException("The file is empty"));
        EntryParser parser = CsvLine.below(
                header.text().orElseThrow(() -> new UnusableFileException("The header is not UTF-8, or too long")));
        if (start.bytes() <= header.end().bytes()) {
            return new WorkReader(fromStart, parser);
        }
        buffered.skipNBytes(start.bytes() - header.end().bytes());
        return new WorkReader(new LineReader(buffered, format, start), parser);
    }

    /** The next piece; empty: there is none. */
    public Optional<Work> next() throws IOException {
        Optional<Read> first = take();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Read read = first.get();
        if (read.entry() instanceof Entry.Customer customer) {
            return Optional.of(new Work.Customer(
                    read.source(),
                    customer.customerId(),
                    Request.registering(customer.registration()),
                    lists(customer),
                    read.line().end()));
        }
        if (read.entry() instanceof Entry.Subordinate subordinate) {
            return Optional.of(neighbours(read, subordinate));
        }
        Entry.Unusable unusable = (Entry.Unusable) read.entry();
        return Optional.of(new Work.Unusable(
                read.source(),
                unusable.customerId(),
                unusable.field(),
                unusable.message(),
                read.line().end()));
    }

    private static List<Request> lists(Entry.Customer customer) {
        List<Request> requests = new ArrayList<>();
        List<ObjectNode> list = new ArrayList<>();
        long bytes = 0;
        for (ObjectNode subordinate : customer.subordinates()) {
            int size = Request.bytes(subordinate);
            if (!list.isEmpty() && !fits(list.size(), bytes, size)) {
                requests.add(Request.adding(customer.customerId(), list));
                list.clear();
                bytes = 0;
            }
            list.add(subordinate);
            bytes += size;
        }
        if (!list.isEmpty()) {
            requests.add(Request.adding(customer.customerId(), list));
        }
        return requests;
    }

    private Work neighbours(Read first, Entry.Subordinate subordinate) throws IOException {
        String customerId = subordinate.customerId();
        List<Work.SubordinateLine> together = new ArrayList<>();
        List<ObjectNode> bodies = new ArrayList<>();
        long bytes = 0;
        Read read = first;
        Entry.Subordinate next = subordinate;
        Position end = first.line().end();
        while (true) {
            together.add(
                    new Work.SubordinateLine(read.source(), Request.adding(customerId, List.of(next.subordinate()))));
            bodies.add(next.subordinate());
            bytes += Request.bytes(next.subordinate());
            end = read.line().end();
            Optional<Read> following = take();
            if (following.isPresent()
                    && following.get().entry() instanceof Entry.Subordinate another
                    && another.customerId().equals(customerId)
                    && fits(bodies.size(), bytes, Request.bytes(another.subordinate()))) {
                read = following.get();
                next = another;
            } else {
                ahead = following;
                return new Work.Subordinates(customerId, together, Request.adding(customerId, bodies), end);
            }
        }
    }

    private static boolean fits(int count, long bytes, int more) {
        return count < Request.MAX_SUBORDINATES && bytes + more <= MAX_LIST_BYTES;
    }

    /** The next line that is not blank, with what it says. */
    private Optional<Read> take() throws IOException {
        if (ahead.isPresent()) {
            Optional<Read> kept = ahead;
            ahead = Optional.empty();
            return kept;
        }
        Optional<RawLine> next = lines.next();
        while (next.isPresent() && isBlank(next.get())) {
            next = lines.next();
        }
        return next.map(line -> new Read(line, entry(line)));
    }

    private static boolean isBlank(RawLine line) {
        return line.text().filter(String::isBlank).isPresent();
    }

    private Entry entry(RawLine line) {
        if (line.bytes().isEmpty()) {
            return unusable("The line is longer than " + LineReader.MAX_BYTES + " bytes");
        }
        return line.text().map(parser::parse).orElseGet(() -> unusable("The line is not UTF-8"));
    }

    private static Entry unusable(String message) {
        return new Entry.Unusable(Optional.empty(), Optional.empty(), message);
    }
}
