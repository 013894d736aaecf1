package dev.standing.audit.export;

import dev.standing.audit.log.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a finished export consists of: the same for the same log, terms and ends, however often it was interrupted.
 *
 * @param terms what it is of
 * @param partitions by number
 * @param files by path
 * @param unreadable by place
 * @param total of all
 */
record Manifest(
        Map<String, String> terms,
        List<Partition> partitions,
        List<ExportedFile> files,
        List<Unreadable> unreadable,
        Total total) {

    /**
     * One partition of the topic.
     *
     * @param partition from 0
     * @param first the first offset that the broker had
     * @param begin the first that belongs to the export
     * @param end the first that does not belong to it any more
     * @param count how many rows
     * @param unreadable how many records could not be exported in full
     */
    record Partition(int partition, long first, long begin, long end, long count, long unreadable) {}

    /**
     * Sums.
     *
     * @param files how many files
     * @param count how many rows
     * @param bytes how large the files are
     * @param unreadable how many records could not be exported in full
     */
    record Total(long files, long count, long bytes, long unreadable) {}

    static Manifest of(Terms terms, List<Slice> slices, List<FinishedChunk> chunks) {
        List<ExportedFile> files = chunks.stream()
                .flatMap(chunk -> chunk.files().stream())
                .sorted(Comparator.comparing(ExportedFile::path))
                .toList();
        List<Unreadable> unreadable = chunks.stream()
                .flatMap(chunk -> chunk.unreadable().stream())
                .sorted(Comparator.comparingInt(Unreadable::partition).thenComparingLong(Unreadable::firstOffset))
                .toList();
        List<Partition> partitions = slices.stream()
                .map(slice -> new Partition(
                        slice.partition(),
                        slice.first(),
                        slice.begin(),
                        slice.end(),
                        count(files, slice.partition()),
                        unreadable(unreadable, slice.partition())))
                .toList();
        Total total = new Total(
                files.size(),
                files.stream().mapToLong(ExportedFile::count).sum(),
                files.stream().mapToLong(ExportedFile::bytes).sum(),
                unreadable.stream().mapToLong(Unreadable::count).sum());
        return new Manifest(new LinkedHashMap<>(terms.values()), partitions, files, unreadable, total);
    }

    static long count(List<ExportedFile> files, int partition) {
        return files.stream()
                .filter(file -> file.partition() == partition)
                .mapToLong(ExportedFile::count)
                .sum();
    }

    private static long unreadable(List<Unreadable> all, int partition) {
        return all.stream()
                .filter(records -> records.partition() == partition)
                .mapToLong(Unreadable::count)
                .sum();
    }

    /** The slices that it was made of. */
    List<Slice> slices() {
        return partitions.stream()
                .map(partition -> new Slice(
                        terms.get("topic"),
                        partition.partition(),
                        partition.first(),
                        partition.begin(),
                        partition.end()))
                .toList();
    }

    /** The chunks that it was made of. */
    List<FinishedChunk> chunks(long size) {
        List<FinishedChunk> chunks = new ArrayList<>();
        for (Slice slice : slices()) {
            for (Chunk chunk : Chunk.of(slice, size)) {
                chunks.add(new FinishedChunk(
                        chunk,
                        files.stream()
                                .filter(file -> chunk.has(file.partition(), file.firstOffset()))
                                .toList(),
                        unreadable.stream()
                                .filter(records -> chunk.has(records.partition(), records.firstOffset()))
                                .toList()));
            }
        }
        return chunks;
    }
}
