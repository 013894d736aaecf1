package dev.standing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryLockTest {

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = parent.toRealPath().resolve("data");
    }

    @Test
    void aSecondLockInThisProcessIsRefused() {
        long pid = ProcessHandle.current().pid();
        try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
            assertThat(lock.directory()).isEqualTo(directory);
            assertThatThrownBy(() -> DataDirectoryLock.acquire(directory))
                    .isInstanceOf(DataDirectoryLockedException.class)
                    .hasMessage("The data directory " + directory + " is in use by this process (pid " + pid + ")");
        }
    }

    @Test
    void aClosedLockCanBeTakenAgain() {
        DataDirectoryLock first = DataDirectoryLock.acquire(directory);
        first.close();
        try (DataDirectoryLock second = DataDirectoryLock.acquire(directory)) {
            // Without effect, in particular on the second one.
            first.close();
            assertThatThrownBy(() -> DataDirectoryLock.acquire(second.directory()))
                    .isInstanceOf(DataDirectoryLockedException.class);
        }
    }

    @Test
    void aRefusedAttemptDoesNotUndoTheLock() throws Exception {
        try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
            assertThatThrownBy(() -> DataDirectoryLock.acquire(lock.directory()))
                    .isInstanceOf(DataDirectoryLockedException.class);
            try (ChildJvm other = ChildJvm.run(parent, LockingProcess.class, directory.toString())) {
                assertThat(other.line())
                        .isEqualTo("The data directory %s is in use by the process with pid %d"
                                .formatted(directory, ProcessHandle.current().pid()));
            }
        }
    }

    @Test
    void aLockOfAnotherProcessLastsUntilThatIsKilled() throws Exception {
        try (ChildJvm other = ChildJvm.run(parent, LockingProcess.class, directory.toString())) {
            assertThat(other.line()).isEqualTo("locked " + directory);
            assertThatThrownBy(() -> DataDirectoryLock.acquire(directory))
                    .isInstanceOf(DataDirectoryLockedException.class)
                    .hasMessageEndingWith(
                            "in use by the process with pid " + other.process().pid());
            other.kill();
        }
        DataDirectoryLock.acquire(directory).close();
    }
}
