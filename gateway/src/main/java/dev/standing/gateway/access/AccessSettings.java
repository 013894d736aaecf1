package dev.standing.gateway.access;

import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Setting;
import dev.standing.service.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is let in, and how much each may.
 *
 * @param open whether anybody is, unasked
 * @param keysFile the file of keys, if there is one
 * @param tokens which tokens are taken, if any
 * @param rate requests in a second of a caller that has no rate of its own; 0: as many as it likes
 * @param concurrency requests of one caller at a time; 0: as many as it likes
 */
public record AccessSettings(
        boolean open, Optional<Path> keysFile, Optional<TokenSettings> tokens, int rate, int concurrency) {

    /** Whether anybody is let in. */
    public static final Setting<Boolean> OPEN = Setting.bool(
            "gateway.open", false, "Whether nobody is authenticated, and anybody who reaches it may do everything");

    /** The file of keys. */
    public static final Setting<Optional<Path>> KEYS_FILE =
            Setting.optionalPath("gateway.keys.file", "File of keys (./standing keys); read again when it changes");

    /** The issuer's keys. */
    public static final Setting<Optional<String>> JWKS = Setting.optionalText(
            "gateway.jwt.jwks", "URL or file of the JSON Web Key Set that bearer tokens are checked against");

    /** The issuer. */
    public static final Setting<Optional<String>> ISSUER =
            Setting.optionalText("gateway.jwt.issuer", "What iss of a token has to be");

    /** The audience. */
    public static final Setting<Optional<String>> AUDIENCE =
            Setting.optionalText("gateway.jwt.audience", "What aud of a token has to be, or to have in it");

    /** The claim that names the source. */
    public static final Setting<String> SOURCE_CLAIM =
            Setting.text("gateway.jwt.source.claim", "sub", "Claim of a token that names the source, behind \"jwt:\"");

    /** The claim that names the roles. */
    public static final Setting<String> ROLES_CLAIM = Setting.text(
            "gateway.jwt.roles.claim", "roles", "Claim of a token with its roles: an array, or a text with blanks");

    /** The rate of those who have none of their own. */
    public static final Setting<Integer> RATE = Setting.integer(
            "gateway.key.rate", 0, 0, Key.MAX_RATE, "Requests in a second of a key without a rate; 0: no limit");

    /** How many requests of one caller at a time. */
    public static final Setting<Integer> CONCURRENCY = Setting.integer(
            "gateway.key.concurrency", 1_000, 0, 1_000_000, "Requests of one key at a time; 0: no limit");

    /** All of them, for help texts. */
    public static final List<Setting<?>> ALL =
            List.of(OPEN, KEYS_FILE, JWKS, ISSUER, AUDIENCE, SOURCE_CLAIM, ROLES_CLAIM, RATE, CONCURRENCY);

    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");

    /**
     * Reads them.
     *
     * @throws InvalidSettingsException if one is malformed or out of range, or they do not fit together
     */
    public static AccessSettings from(Settings settings) {
        AccessSettings access = new AccessSettings(
                settings.get(OPEN),
                settings.get(KEYS_FILE),
                tokens(settings),
                settings.get(RATE),
                settings.get(CONCURRENCY));
        boolean asks = access.keysFile().isPresent() || access.tokens().isPresent();
        if (access.open() && asks) {
            throw new InvalidSettingsException(OPEN.name() + "=true lets anybody in: it contradicts "
                    + (access.keysFile().isPresent() ? KEYS_FILE : JWKS).name());
        }
        if (!access.open() && !asks) {
            throw new InvalidSettingsException("Nobody could use the gateway: it needs " + KEYS_FILE.name()
                    + " (./standing keys create makes one), or " + JWKS.name() + " with " + ISSUER.name() + " and "
                    + AUDIENCE.name() + ", or " + OPEN.name() + "=true, which lets anybody in");
        }
        return access;
    }

    private static Optional<TokenSettings> tokens(Settings settings) {
        Optional<String> jwks = settings.get(JWKS);
        if (jwks.isEmpty()) {
            refuseWithoutKeys(settings);
            return Optional.empty();
        }
        return Optional.of(new TokenSettings(
                place(jwks.get()),
                required(settings, ISSUER),
                required(settings, AUDIENCE),
                named(settings, SOURCE_CLAIM),
                named(settings, ROLES_CLAIM)));
    }

    private static void refuseWithoutKeys(Settings settings) {
        for (Setting<Optional<String>> setting : List.of(ISSUER, AUDIENCE)) {
            if (settings.get(setting).isPresent()) {
                throw new InvalidSettingsException(setting.name() + " needs " + JWKS.name());
            }
        }
    }

    private static String required(Settings settings, Setting<Optional<String>> setting) {
        return settings.get(setting)
                .orElseThrow(() -> new InvalidSettingsException(JWKS.name() + " needs " + setting.name()
                        + ": without it, tokens would be taken that are meant for others"));
    }

    private static String named(Settings settings, Setting<String> setting) {
        String claim = settings.get(setting);
        if (claim.isEmpty()) {
            throw new InvalidSettingsException(setting.name() + " must name a claim");
        }
        return claim;
    }

    private static KeySetPlace place(String text) {
        try {
            return URL.matcher(text).matches() ? url(new URI(text)) : new KeySetPlace.InFile(Path.of(text));
        } catch (URISyntaxException | InvalidPathException e) {
            throw notAPlace();
        }
    }

    private static KeySetPlace url(URI url) {
        boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getRawUserInfo() != null) {
            throw notAPlace();
        }
        return new KeySetPlace.Url(url);
    }

    private static InvalidSettingsException notAPlace() {
        // Not repeated: there may be a password in it.
        return new InvalidSettingsException(JWKS.name()
                + " must be a URL of http or https without a user, like https://id.example/keys, or a file");
    }
}
