package dev.standing.audit.export;

/**
 * A file that is whole.
 *
 * @param path in the directory, with slashes
 * @param partition of the topic
 * @param firstOffset the lowest offset of an event in it
 * @param lastOffset the highest
 * @param count how many rows it has
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal
 */
public record ExportedFile(
        String path, int partition, long firstOffset, long lastOffset, long count, long bytes, String sha256) {}
