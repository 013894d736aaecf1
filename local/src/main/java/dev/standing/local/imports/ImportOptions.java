package dev.standing.local.imports;

import dev.standing.local.imports.input.FileFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be imported, and how.
 *
 * @param file what is read
 * @param format how it is written
 * @param url the gateway's, without a slash at its end
 * @param parallel how many requests are under way at once, at most
 * @param progress where it is remembered how far it has come
 * @param refused where refusals are written
 * @param restart whether to begin afresh, whatever was remembered
 * @param dryRun whether to send nothing, and write nothing
 * @param patience how long is gone on without a single answer
 * @param again makes refused requests be asked once more, under a requestId that this is part of
 */
public record ImportOptions(
        Path file,
        FileFormat format,
        String url,
        int parallel,
        Path progress,
        Path refused,
        boolean restart,
        boolean dryRun,
        Duration patience,
        Optional<String> again) {}
