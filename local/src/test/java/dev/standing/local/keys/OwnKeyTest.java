package dev.standing.local.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.standing.gateway.access.Key;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.gateway.access.KeyFile;
import dev.standing.gateway.access.Role;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnKeyTest {

    @TempDir
    Path directory;

    @Test
    void itIsMadeWhenItIsFirstNeeded() throws IOException {
        KeyCredential own = own();

        assertThat(keys()).singleElement().satisfies(key -> {
            assertThat(key.keyId()).isEqualTo(own.keyId());
            assertThat(key.source()).isEqualTo("local");
            assertThat(key.roles()).isEqualTo(Set.of(Role.ADMIN));
        });
    }

    @Test
    void itIsTheSameFromThenOn() throws IOException {
        assertThat(own()).isEqualTo(own());
        assertThat(keys()).hasSize(1);
    }

    @Test
    void aRevokedOneIsReplaced() throws IOException {
        KeyCredential first = own();
        new KeyFile(path(), InstantSource.system()).revoke(first.keyId());
        KeyCredential second = own();

        assertThat(second.keyId()).isNotEqualTo(first.keyId());
        assertThat(own()).isEqualTo(second);
    }

    @Test
    void oneThatIsNoLongerInTheFileIsReplaced() throws IOException {
        KeyCredential first = own();
        Files.delete(path());

        assertThat(own()).isNotEqualTo(first);
    }

    @Test
    void itIsKeptForItsOwnerAlone() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        own();

        assertThat(Files.getPosixFilePermissions(directory.resolve(OwnKey.FILE)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private Path path() {
        return directory.resolve("keys.json");
    }

    private KeyCredential own() throws IOException {
        return new OwnKey(path(), InstantSource.system()).credential();
    }

    private List<Key> keys() throws IOException {
        return new KeyFile(path(), InstantSource.system()).list();
    }
}
