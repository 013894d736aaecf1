package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123Z");
    private static final NewKey BILLING = NewKey.of("billing", Set.of(Role.WRITE, Role.READ));
    private static final String CHOSEN = "0123456789".repeat(4);

    @TempDir
    Path directory;

    private Path path;
    private KeyFile file;

    @BeforeEach
    void begin() {
        path = directory.resolve("some/keys.json");
        file = new KeyFile(path, InstantSource.fixed(NOW));
    }

    @Test
    void aKeyThatIsMadeIsInTheFileWithWhatItMay() throws IOException {
        String pem = Signer.onP256().publicPem();
        KeyCredential made = file.create(new NewKey(
                Optional.of("k-1"), "billing", Set.of(Role.ADMIN), Optional.of(7), Optional.of(pem), Optional.empty()));

        assertThat(made.keyId()).isEqualTo("k-1");
        Key key = only();
        assertThat(key.credential().matches(made.credential(), Hashing.SHA_256)).isTrue();
        assertThat(key.source()).isEqualTo("billing");
        assertThat(key.roles()).isEqualTo(Set.of(Role.ADMIN));
        assertThat(key.rate()).hasValue(7);
        assertThat(key.signing()).isPresent();
        assertThat(key.createdAt()).hasValue(Instant.parse("2026-05-01T10:00:00Z"));
        assertThat(new ObjectMapper()
                        .readTree(path.toFile())
                        .at("/keys/0/publicKey")
                        .textValue())
                .isEqualTo(pem);
    }

    @Test
    void aCredentialThatIsMadeUpHas256BitsAndIsNowhereInTheFile() throws IOException {
        KeyCredential made = file.create(BILLING);

        assertThat(Base64.getUrlDecoder().decode(made.credential())).hasSize(32);
        assertThat(Files.readString(path)).doesNotContain(made.credential());
        assertThat(file.create(BILLING).credential()).isNotEqualTo(made.credential());
    }

    @Test
    void aNameThatIsMadeUpIsNewEveryTime() throws IOException {
        assertThat(file.create(BILLING).keyId())
                .isNotEqualTo(file.create(BILLING).keyId());
        assertThat(file.list()).hasSize(2).allMatch(key -> key.keyId().matches("key-[0-9a-f]{12}"));
    }

    @Test
    void aChosenCredentialIsTaken() throws IOException {
        file.create(with(Optional.empty(), Optional.of(CHOSEN)));

        assertThat(only().credential().matches(CHOSEN, Hashing.SHA_256)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789012345678901234567890", "01234567890123456789012345678901\n"})
    void aChosenCredentialThatIsShortOrUnprintableIsRefused(String credential) {
        assertThatThrownBy(() -> file.create(with(Optional.empty(), Optional.of(credential))))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageStartingWith("A credential has 32 to 1024 characters");
        assertThat(path).doesNotExist();
    }

    @Test
    void aKeyThatCouldNotBeReadAgainIsNotMade() {
        assertRefused(with(Optional.of("a:b"), Optional.empty()), "The name of a key has a colon");
        assertRefused(NewKey.of("jwt:x", Set.of(Role.READ)), "The source begins with jwt:");
        assertRefused(NewKey.of("unauthenticated", Set.of(Role.READ)), "The source is the name of those");
        assertRefused(NewKey.of("x", Set.of()), "A key has at least one role");
        assertRefused(
                new NewKey(
                        Optional.empty(), "x", Set.of(Role.READ), Optional.of(0), Optional.empty(), Optional.empty()),
                "A rate is a whole number from 1");
        assertRefused(
                new NewKey(
                        Optional.empty(),
                        "x",
                        Set.of(Role.READ),
                        Optional.empty(),
                        Optional.of("no key"),
                        Optional.empty()),
                "The public key is no PEM text");
        assertThat(path).doesNotExist();
    }

    @Test
    void aNameThatIsTakenIsRefusedEvenByARevokedKey() throws IOException {
        file.create(with(Optional.of("k-1"), Optional.empty()));
        file.revoke("k-1");

        assertRefused(with(Optional.of("k-1"), Optional.empty()), "There is a key k-1 in " + path + " already");
        assertThat(file.list()).hasSize(1);
    }

    @Test
    void aRevokedKeyStaysInTheFileWithTheTime() throws IOException {
        file.create(with(Optional.of("k-1"), Optional.empty()));
        file.create(with(Optional.of("k-2"), Optional.empty()));

        assertThat(file.revoke("k-1")).isEqualTo(Instant.parse("2026-05-01T10:00:00Z"));
        assertThat(file.list().stream().map(Key::isRevoked)).containsExactly(true, false);
    }

    @Test
    void aKeyThatIsRevokedAgainKeepsTheTimeOfTheFirst() throws IOException {
        file.create(with(Optional.of("k-1"), Optional.empty()));
        Instant first = file.revoke("k-1");

        assertThat(new KeyFile(path, InstantSource.fixed(NOW.plusSeconds(60))).revoke("k-1"))
                .isEqualTo(first);
        assertThat(only().revokedAt()).hasValue(first);
    }

    @Test
    void aKeyThatDoesNotExistCannotBeRevoked() {
        assertThatThrownBy(() -> file.revoke("k-1"))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessage("There is no key k-1 in " + path);
    }

    @Test
    void withoutAFileThereAreNoKeys() throws IOException {
        assertThat(file.list()).isEmpty();
    }

    @Test
    void aFileThatIsNotValidIsLeftAsItIs() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "{\"keys\": [");

        assertRefused(BILLING, path + " is not valid: it is not JSON");
        assertThat(path).hasContent("{\"keys\": [");
    }

    @Test
    void aNewFileIsForItsOwnerAlone() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        file.create(BILLING);

        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileKeepsThePermissionsThatItWasGiven() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        file.create(BILLING);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        file.create(BILLING);

        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void whereALinkLeadsIsChangedAndNotTheLink() throws IOException {
        file.create(BILLING);
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), path);
        new KeyFile(link, InstantSource.fixed(NOW)).create(BILLING);

        assertThat(link).isSymbolicLink();
        assertThat(file.list()).hasSize(2);
    }

    @Test
    void nothingIsLeftBesideTheFileButItsLock() throws IOException {
        file.create(BILLING);

        try (Stream<Path> files = Files.list(path.getParent())) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("keys.json", "keys.json.lock");
        }
    }

    @Test
    void manyAtOnceLoseNoneOfTheirKeys() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<KeyCredential>> made = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            made.add(threads.submit(() -> new KeyFile(path, InstantSource.fixed(NOW)).create(BILLING)));
        }
        List<String> names = new ArrayList<>();
        for (Future<KeyCredential> each : made) {
            names.add(each.get().keyId());
        }
        threads.shutdown();

        assertThat(file.list().stream().map(Key::keyId)).containsExactlyInAnyOrderElementsOf(names);
    }

    private Key only() throws IOException {
        List<Key> keys = file.list();
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }

    private static NewKey with(Optional<String> keyId, Optional<String> credential) {
        return new NewKey(keyId, "billing", Set.of(Role.READ), Optional.empty(), Optional.empty(), credential);
    }

    private void assertRefused(NewKey key, String message) {
        assertThatThrownBy(() -> file.create(key))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageStartingWith(message);
    }
}
