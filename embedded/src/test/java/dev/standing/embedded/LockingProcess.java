package dev.standing.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes the lock of a directory, says so or why not, and keeps it until its input ends. */
final class LockingProcess {

    private LockingProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (DataDirectoryLock lock = DataDirectoryLock.acquire(Path.of(arguments[0]))) {
            System.out.println("locked " + lock.directory());
            System.in.read();
        } catch (DataDirectoryLockedException e) {
            System.out.println(e.getMessage());
        }
    }
}
