package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {

    private static final Map<String, String> TOKENS = Map.of(
            "gateway.jwt.jwks", "https://id.example/keys",
            "gateway.jwt.issuer", "https://id.example",
            "gateway.jwt.audience", "standing");

    @Test
    void withoutAnybodyToLetInTheThreeWaysOutAreTold() {
        assertThatThrownBy(() -> from(Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll(
                        "gateway.keys.file",
                        "./standing keys create",
                        "gateway.jwt.jwks with gateway.jwt.issuer and gateway.jwt.audience",
                        "gateway.open=true");
    }

    @Test
    void aFileOfKeysIsEnough() {
        assertThat(from(Map.of("gateway.keys.file", "keys.json")))
                .isEqualTo(new AccessSettings(false, Optional.of(Path.of("keys.json")), Optional.empty(), 0, 1_000));
    }

    @Test
    void aKeySetIsEnough() {
        assertThat(from(TOKENS).tokens())
                .hasValue(new TokenSettings(
                        new KeySetPlace.Url(URI.create("https://id.example/keys")),
                        "https://id.example",
                        "standing",
                        "sub",
                        "roles"));
    }

    @Test
    void itMayBeOpen() {
        assertThat(from(Map.of("gateway.open", "true", "gateway.key.rate", "5")))
                .isEqualTo(new AccessSettings(true, Optional.empty(), Optional.empty(), 5, 1_000));
    }

    @Test
    void openContradictsEverythingThatKeepsPeopleOut() {
        assertThatThrownBy(() -> from(Map.of("gateway.open", "true", "gateway.keys.file", "keys.json")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("contradicts gateway.keys.file");
        assertThatThrownBy(() -> from(with(TOKENS, "gateway.open", "true")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("contradicts gateway.jwt.jwks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.jwt.issuer", "gateway.jwt.audience"})
    void tokensOfAnyIssuerOrForAnybodyAreNotTaken(String setting) {
        assertThatThrownBy(() -> from(with(TOKENS, setting, "")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("gateway.jwt.jwks needs " + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.jwt.issuer", "gateway.jwt.audience"})
    void anIssuerWithoutItsKeysIsAMistake(String setting) {
        assertThatThrownBy(() -> from(Map.of("gateway.keys.file", "keys.json", setting, "x")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(setting + " needs gateway.jwt.jwks");
    }

    @Test
    void keysOfAnIssuerMayBeInAFile() {
        assertThat(from(with(TOKENS, "gateway.jwt.jwks", "/etc/standing/jwks.json"))
                        .tokens()
                        .map(TokenSettings::keys))
                .hasValue(new KeySetPlace.InFile(Path.of("/etc/standing/jwks.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://id.example/keys", "https://", "https://user:secret@id.example/keys", "http://a b"})
    void aPlaceThatKeysAreNotFetchedFromIsRefusedAndNotRepeated(String jwks) {
        assertThatThrownBy(() -> from(with(TOKENS, "gateway.jwt.jwks", jwks)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("gateway.jwt.jwks must be a URL of http or https without a user")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.jwt.source.claim", "gateway.jwt.roles.claim"})
    void aClaimHasAName(String setting) {
        assertThatThrownBy(() -> from(with(TOKENS, setting, "")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(setting + " must name a claim");
    }

    private static AccessSettings from(Map<String, String> values) {
        return AccessSettings.from(Settings.of(values));
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }
}
