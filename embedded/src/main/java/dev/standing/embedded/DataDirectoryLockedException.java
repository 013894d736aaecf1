package dev.standing.embedded;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A data directory is in use by another process, or by another part of this one. Nothing in it was touched. */
public final class DataDirectoryLockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A directory that somebody else holds.
     *
     * @param directory the directory
     * @param holder the process that holds it, empty if it could not be found out
     */
    DataDirectoryLockedException(Path directory, OptionalLong holder) {
        super("The data directory %s is in use by %s".formatted(directory, describe(holder)));
    }

    private static String describe(OptionalLong holder) {
        if (holder.isEmpty()) {
            return "another process";
        }
        long pid = holder.getAsLong();
        return pid == ProcessHandle.current().pid() ? "this process (pid " + pid + ")" : "the process with pid " + pid;
    }
}
