package dev.standing.local.keys;

import dev.standing.gateway.access.Key;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.gateway.access.KeyFile;
import dev.standing.gateway.access.NewKey;
import dev.standing.gateway.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The key that a gateway on one's own machine is tried with: made when it is first needed, and the same from then on.
 *
 * <p>The file of keys has only a hash of its credential, so the credential is kept beside it, for the owner of the file
 * alone. That is no more than a shell's history or a configuration would keep, and is meant for a machine of one's own.
 */
public final class OwnKey {

    /** The name of the file, beside that of the keys, that keeps the key: {@code keyId:credential}, and nothing else. */
    public static final String FILE = "credentials";

    /** The name of the source that its commands come from. */
    static final String SOURCE = "local";

    private final Path keysFile;
    private final Path kept;
    private final InstantSource clock;

    /**
     * For a file of keys, which need not exist yet.
     *
     * @param clock tells when the key is made
     */
    public OwnKey(Path keysFile, InstantSource clock) {
        this.keysFile = keysFile;
        this.kept = keysFile.resolveSibling(FILE);
        this.clock = clock;
    }

    /**
     * The key: the one that was made before, unless it was revoked or is gone, or a new one.
     *
     * @throws dev.standing.gateway.access.UnusableKeyException if the file of keys is not valid
     * @throws IOException if a file cannot be read or written
     */
    public KeyCredential credential() throws IOException {
        KeyFile file = new KeyFile(keysFile, clock);
        Optional<KeyCredential> known = known();
        for (Key key : file.list()) {
            if (!key.isRevoked()
                    && known.filter(own -> own.keyId().equals(key.keyId())).isPresent()) {
                return known.orElseThrow();
            }
        }
        KeyCredential made = file.create(NewKey.of(SOURCE, Set.of(Role.ADMIN)));
        keep(made);
        return made;
    }

    private Optional<KeyCredential> known() throws IOException {
        try {
            return KeyCredential.ofText(Files.readString(kept));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void keep(KeyCredential made) throws IOException {
        Files.deleteIfExists(kept);
        // For its owner alone, where there are permissions, before anything is in it.
        Path empty = Files.createTempFile(kept.toAbsolutePath().getParent(), "own", ".new");
        Files.write(empty, made.text().getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        Files.move(empty, kept);
    }
}
