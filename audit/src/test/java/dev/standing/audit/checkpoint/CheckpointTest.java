package dev.standing.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final LogSummary SUMMARY = new LogSummary(
            "standing.events",
            List.of(
                    new PartitionSummary(
                            0, 0, 20, 12, 3, Optional.of(Instant.parse("2026-01-31T00:00:00.5Z")), "ab".repeat(32)),
                    new PartitionSummary(1, 0, 0, 0, 0, Optional.empty(), new HeadsTree().root())));

    /** The keys of RFC 8032, section 7.1, test 1, in the forms of RFC 8410. */
    private static final String PRIVATE = pem(
            "PRIVATE",
            "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private static final String PUBLIC = pem(
            "PUBLIC", "302a300506032b6570032100" + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Path file = directory.resolve("checkpoint.json");
        SigningKey key = SigningKey.generate();

        Checkpoint.of(SUMMARY, key).write(file);
        Checkpoint read = Checkpoint.read(file);

        assertThat(read.summary()).isEqualTo(SUMMARY);
        assertThat(read.isSignedBy(key.publicKey())).isTrue();
        assertThat(read.isSignedBy(SigningKey.generate().publicKey())).isFalse();
    }

    @Test
    void theSameLogAndKeyGiveTheSameBytes() throws Exception {
        Path one = directory.resolve("one.json");
        Path other = directory.resolve("other.json");
        SigningKey key = SigningKey.generate();

        Checkpoint.of(SUMMARY, key).write(one);
        Checkpoint.of(SUMMARY, key).write(other);

        assertThat(other).hasSameBinaryContentAs(one);
    }

    @Test
    void aFileThatIsThereIsRefusedAndStays() throws Exception {
        Path file = Files.writeString(directory.resolve("checkpoint.json"), "the witness");
        Checkpoint checkpoint = Checkpoint.of(SUMMARY, SigningKey.generate());

        assertThatThrownBy(() -> Checkpoint.refuseUnwritable(file))
                .isInstanceOf(UnusableCheckpointException.class)
                .hasMessageContaining("is there already");
        assertThatThrownBy(() -> checkpoint.write(file))
                .isInstanceOf(UnusableCheckpointException.class)
                .hasMessageContaining("is there already");

        assertThat(file).hasContent("the witness");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aDirectoryThatIsNotThereIsToldAndNotMade() {
        Path file = directory.resolve("nope/checkpoint.json");

        assertThatThrownBy(() -> Checkpoint.refuseUnwritable(file))
                .isInstanceOf(UnusableCheckpointException.class)
                .hasMessageStartingWith(file + " cannot be written")
                .hasMessageContaining("no such file or directory");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whetherAFileCanBeWrittenIsTriedWithoutATrace() {
        Checkpoint.refuseUnwritable(directory.resolve("checkpoint.json"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSummaryThatWasChangedWithAllThatFollowsFromItIsNotSigned() throws Exception {
        Path file = directory.resolve("checkpoint.json");
        SigningKey key = SigningKey.generate();
        Checkpoint signed = Checkpoint.of(SUMMARY, key);
        PartitionSummary first = SUMMARY.partitions().get(0);
        LogSummary other = new LogSummary(
                SUMMARY.topic(),
                List.of(
                        new PartitionSummary(0, 0, 20, 12, 3, first.latestRecordedAt(), "cd".repeat(32)),
                        SUMMARY.partitions().get(1)));

        new Checkpoint(other, key.publicKey(), signed.signature()).write(file);

        assertThat(Checkpoint.read(file).isSignedBy(key.publicKey())).isFalse();
    }

    @Test
    void membersThatAreMissingTooMuchDoubledOrContradictoryAreRefused() throws Exception {
        Path file = directory.resolve("checkpoint.json");
        Checkpoint.of(SUMMARY, SigningKey.generate()).write(file);
        String text = Files.readString(file);
        List<String> forgeries = List.of(
                text.replaceFirst("\"customers\" : 3,", ""),
                text.replaceFirst("\"customers\" : 3,", "\"customers\" : 3, \"more\" : 1,"),
                text.replaceFirst("\"end\" : 20,", "\"end\" : 20, \"end\" : 20,"),
                text.replaceFirst("\"end\" : 20,", "\"end\" : 21,"),
                text.replaceFirst("\"end\" : 20,", "\"end\" : \"20\","),
                text.replaceFirst("\"signature\"", "\"sign\""),
                "[]",
                "no JSON");
        for (String forgery : forgeries) {
            assertThat(forgery).isNotEqualTo(text);
            Files.writeString(file, forgery);
            assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(UnusableCheckpointException.class);
        }
    }

    @Test
    void thePublicKeyOfAPrivateOneIsTheOneThatBelongsToIt() throws Exception {
        Path privateFile = Files.writeString(directory.resolve("key.pem"), PRIVATE);
        Path publicFile = Files.writeString(directory.resolve("pub.pem"), PUBLIC);

        Checkpoint signed = Checkpoint.of(SUMMARY, SigningKey.read(privateFile));

        assertThat(signed.publicKey()).isEqualTo(SigningKey.readPublic(publicFile));
        assertThat(signed.isSignedBy(SigningKey.readPublic(publicFile))).isTrue();
    }

    @Test
    void aNewKeyIsItsOwnersAloneAndReplacesNone() throws Exception {
        Path privateFile = directory.resolve("key.pem");
        Path publicFile = directory.resolve("pub.pem");
        SigningKey key = SigningKey.generate();

        key.write(privateFile, publicFile);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.read(privateFile).publicKey()).isEqualTo(SigningKey.readPublic(publicFile));
        assertThatThrownBy(() -> SigningKey.generate().write(privateFile, publicFile))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aFileWithoutAKeyIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), "no key");

        assertThatThrownBy(() -> SigningKey.read(file)).isInstanceOf(UnusableCheckpointException.class);
        assertThatThrownBy(() -> SigningKey.readPublic(file)).isInstanceOf(UnusableCheckpointException.class);
    }

    private static String pem(String kind, String hex) {
        String encoded = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, encoded);
    }
}
