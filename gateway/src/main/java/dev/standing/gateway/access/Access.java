package dev.standing.gateway.access;

import dev.standing.service.files.InvalidFileException;
import dev.standing.service.files.WatchedFile;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Setting;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in, and how much each may, as the settings tell. Safe for use by many threads. */
public final class Access implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private final Authenticator authenticator;
    private final CallerLimits limits;
    private final Optional<WatchedFile<Keys>> keys;
    private final Optional<TokenAuthenticator> tokens;

    private Access(
            Authenticator authenticator,
            CallerLimits limits,
            Optional<WatchedFile<Keys>> keys,
            Optional<TokenAuthenticator> tokens) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * Reads what there is to read, and watches it. An issuer that is away is not waited for.
     *
     * @throws InvalidSettingsException if a file cannot be read, or is not what it should be
     */
    public static Access open(AccessSettings settings) {
        if (settings.open()) {
            LOG.warn("{}=true: nobody is authenticated", AccessSettings.OPEN.name());
            return new Access(new Anybody(), CallerLimits.none(), Optional.empty(), Optional.empty());
        }
        Optional<WatchedFile<Keys>> keys = settings.keysFile().map(Access::keys);
        try {
            return open(settings, keys, settings.tokens().map(Access::tokens));
        } catch (RuntimeException e) {
            keys.ifPresent(WatchedFile::close);
            throw e;
        }
    }

    private static Access open(
            AccessSettings settings, Optional<WatchedFile<Keys>> file, Optional<TokenAuthenticator> tokens) {
        Supplier<Keys> keys = () -> file.map(WatchedFile::current).orElse(Keys.NONE);
        return new Access(
                new KnownCallers(new KeyAuthenticator(keys, Hashing.SHA_256), tokens),
                new CallerLimits(
                        settings.rate(),
                        settings.concurrency(),
                        keyId -> keys.get().named(keyId).flatMap(Key::rate)),
                file,
                tokens);
    }

    private static WatchedFile<Keys> keys(Path path) {
        try {
            return WatchedFile.open(List.of(path), contents -> Keys.parse(contents.get(0)));
        } catch (InvalidFileException e) {
            throw refused(AccessSettings.KEYS_FILE, e);
        }
    }

    private static TokenAuthenticator tokens(TokenSettings settings) {
        return new TokenAuthenticator(settings, issuerKeys(settings.keys()), InstantSource.system());
    }

    private static IssuerKeys issuerKeys(KeySetPlace place) {
        if (place instanceof KeySetPlace.Url remote) {
            if ("http".equalsIgnoreCase(remote.url().getScheme())) {
                LOG.warn("{} is not https: whoever is on the way can replace the keys", AccessSettings.JWKS.name());
            }
            return IssuerKeysAtUrl.open(remote.url());
        }
        try {
            return IssuerKeysInFile.open(((KeySetPlace.InFile) place).path());
        } catch (InvalidFileException e) {
            throw refused(AccessSettings.JWKS, e);
        }
    }

    private static InvalidSettingsException refused(Setting<?> setting, InvalidFileException why) {
        return new InvalidSettingsException(setting.name() + ": " + why.getMessage());
    }

    /** Lets in who may. */
    public Gate gate() {
        List<String> schemes = new ArrayList<>();
        keys.ifPresent(file -> schemes.add("Basic realm=\"standing\", charset=\"UTF-8\""));
        tokens.ifPresent(issuer -> schemes.add("Bearer realm=\"standing\""));
        return new Gate(authenticator, limits, String.join(", ", schemes));
    }

    /** Tells who calls. */
    Authenticator authenticator() {
        return authenticator;
    }

    /** Tells how much they may. */
    CallerLimits limits() {
        return limits;
    }

    /** Reads the files now, rather than within the next second. */
    public void refresh() {
        keys.ifPresent(WatchedFile::refresh);
    }

    /** Lets go of what it watches; what it gave goes on with what it knows. */
    @Override
    public void close() {
        keys.ifPresent(WatchedFile::close);
        tokens.ifPresent(TokenAuthenticator::close);
    }
}
