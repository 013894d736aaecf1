package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.service.files.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final String SECRET = "a-secret-of-more-than-thirty-two-characters";
    private static final String HASH =
            CredentialHash.of(SECRET, new SecureRandom()).text();

    @Test
    void aKeyIsWhatItsMembersTell() throws Exception {
        Key key = only(
                "\"publicKey\": "
                        + JsonNodeFactory.instance.textNode(Signer.onP256().publicPem())
                        + ", \"rate\": 100, \"createdAt\": \"2026-05-01T02:00:00+02:00\", \"revokedAt\": \"2026-06-01T00:00:00Z\"");

        assertThat(key.keyId()).isEqualTo("k-1");
        assertThat(key.source()).isEqualTo("billing");
        assertThat(key.credential().matches(SECRET, Hashing.SHA_256)).isTrue();
        assertThat(key.signing()).isPresent();
        assertThat(key.roles()).isEqualTo(Set.of(Role.WRITE, Role.READ));
        assertThat(key.rate()).hasValue(100);
        assertThat(key.createdAt()).hasValue(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(key.revokedAt()).hasValue(Instant.parse("2026-06-01T00:00:00Z"));
    }

    @Test
    void whatAKeyNeedNotHaveMayBeMissing() throws Exception {
        Key key = only("\"rate\": null");

        assertThat(key.signing()).isEmpty();
        assertThat(key.rate()).isEmpty();
        assertThat(key.createdAt()).isEmpty();
        assertThat(key.isRevoked()).isFalse();
    }

    @Test
    void aFileMayHaveNoKeys() throws Exception {
        assertThat(parse("{\"keys\": []}").all()).isEmpty();
    }

    @Test
    void keysAreFoundByTheirNameInFull() throws Exception {
        Keys keys = parse("{\"keys\": [" + key("a", "x", "") + ", " + key("b", "y", "") + "]}");

        assertThat(keys.named("b").map(Key::source)).hasValue("y");
        assertThat(keys.named("B")).isEmpty();
        assertThat(keys.named("")).isEmpty();
    }

    @Test
    void aNameThatTwoKeysHaveIsRefused() {
        assertRefused(
                "{\"keys\": [" + key("a", "x", "") + ", " + key("a", "y", "") + "]}",
                "keys[1].keyId is that of another key, too");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"colour\": 1 | keys[0].colour is unknown",
                "\"rate\": 0 | keys[0].rate must be a whole number from 1 to 1000000",
                "\"rate\": 1.5 | keys[0].rate must be a whole number",
                "\"rate\": \"1\" | keys[0].rate must be a whole number",
                "\"rate\": 1000001 | keys[0].rate must be a whole number",
                "\"createdAt\": \"yesterday\" | keys[0].createdAt must be a date and time",
                "\"revokedAt\": true | keys[0].revokedAt must be a string",
                "\"publicKey\": \"none\" | keys[0].publicKey is no PEM text",
            })
    void aMemberThatIsNotWhatItShouldBeIsNamed(String member, String message) {
        assertRefused("{\"keys\": [" + key("a", "x", ", " + member) + "]}", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" a\"", "\"a\\u0000\"", "\"a:b\"", "\"a\\u200b\"", "\"\\ud800\"", "7", "null"})
    void aNameThatBasicAuthenticationOrALogCannotShowIsRefused(String keyId) {
        assertRefused("{\"keys\": [" + key("a", "x", "").replace("\"a\"", keyId) + "]}", "keys[0].keyId ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a ", "unauthenticated", "jwt:somebody", "a\\n"})
    void aSourceThatIsNoneOrSomebodyElsesIsRefused(String source) {
        assertRefused("{\"keys\": [" + key("a", source, "") + "]}", "keys[0].source ");
    }

    @Test
    void namesHaveAtMost256Characters() throws Exception {
        assertThat(parse("{\"keys\": [" + key("k".repeat(256), "s".repeat(256), "") + "]}")
                        .all())
                .hasSize(1);
        assertRefused("{\"keys\": [" + key("k".repeat(257), "s", "") + "]}", "keys[0].keyId must have 1 to 256");
        assertRefused("{\"keys\": [" + key("k", "s".repeat(257), "") + "]}", "keys[0].source must have 1 to 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"write\"", "[\"WRITE\"]", "[\"write\", \"delete\"]", "[1]", "[null]"})
    void rolesAreOneOrMoreOfThoseThereAre(String roles) {
        assertRefused(
                "{\"keys\": [" + key("a", "x", "").replace("[\"write\", \"read\"]", roles) + "]}", "keys[0].roles ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "sha256$$",
                "sha256$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
                "sha256$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sha512$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sha256$AAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aCredentialThatIsNoHashIsRefusedAndNotRepeated(String credential) {
        String json = "{\"keys\": [" + key("a", "x", "").replace(HASH, credential) + "]}";
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("keys[0].credential must be sha256$<salt>$<hash>, of 16 and 32 bytes in base64url");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is not JSON in UTF-8",
                "{\"keys\": [s3cret]} | it is not JSON in UTF-8 (line 1, column ",
                "{\"keys\": [] | it is not JSON in UTF-8 (line 1, column ",
                "[] | it must be an object like",
                "{} | keys is missing",
                "{\"keys\": {}} | keys must be an array",
                "{\"keys\": [1]} | keys[0] must be an object",
                "{\"keys\": [], \"more\": 1} | more is unknown",
            })
    void aFileThatIsNoneOfKeysIsRefused(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void aHashIsReadAsItWasWritten() {
        CredentialHash hash = CredentialHash.of(SECRET, new SecureRandom());
        Optional<CredentialHash> read = CredentialHash.parse(hash.text());

        assertThat(read.map(CredentialHash::text)).hasValue(hash.text());
        assertThat(read.orElseThrow().matches(SECRET, Hashing.SHA_256)).isTrue();
        assertThat(read.orElseThrow().matches(SECRET + "x", Hashing.SHA_256)).isFalse();
    }

    @Test
    void twoHashesOfACredentialDiffer() {
        assertThat(CredentialHash.of(SECRET, new SecureRandom()).text())
                .isNotEqualTo(CredentialHash.of(SECRET, new SecureRandom()).text());
    }

    private static Key only(String members) throws InvalidFileException {
        Keys keys = parse("{\"keys\": [" + key("k-1", "billing", ", " + members) + "]}");
        assertThat(keys.all()).hasSize(1);
        return keys.all().get(0);
    }

    private static String key(String keyId, String source, String more) {
        return "{\"keyId\": \"" + keyId + "\", \"source\": \"" + source + "\", \"credential\": \"" + HASH
                + "\", \"roles\": [\"write\", \"read\"]" + more + "}";
    }

    private static Keys parse(String json) throws InvalidFileException {
        return Keys.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(message);
    }
}
