package dev.standing.audit.export;

import java.util.List;

/**
 * What an export came to.
 *
 * @param files how many there are
 * @param rows how many they have
 * @param bytes how large they are
 * @param chunksKept how many chunks earlier runs had finished
 * @param chunksWritten how many this one has
 * @param manifestSha256 of the manifest, in hexadecimal: kept elsewhere, it shows that nothing was changed
 * @param unreadable what could not be exported, or not in full
 * @param writtenAgain the files of earlier runs that were gone, or not as these had left them, by path
 */
public record ExportResult(
        long files,
        long rows,
        long bytes,
        long chunksKept,
        long chunksWritten,
        String manifestSha256,
        List<Unreadable> unreadable,
        List<String> writtenAgain) {

    /** Keeps copies. */
    public ExportResult {
        unreadable = List.copyOf(unreadable);
        writtenAgain = List.copyOf(writtenAgain);
    }
}
