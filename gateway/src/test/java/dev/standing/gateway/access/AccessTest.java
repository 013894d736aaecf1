package dev.standing.gateway.access;

import static dev.standing.gateway.access.KeyAuthenticatorTest.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.gateway.access.Admission.Permit;
import dev.standing.gateway.access.Admission.TooMany;
import dev.standing.gateway.access.Verdict.Admitted;
import dev.standing.gateway.access.Verdict.Refused;
import dev.standing.gateway.access.Verdict.Undecided;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final Issuer ISSUER = Issuer.withRsa("k");

    @TempDir
    Path directory;

    private Path path;
    private KeyFile file;
    private KeyCredential billing;

    @BeforeEach
    void begin() throws IOException {
        path = directory.resolve("keys.json");
        file = new KeyFile(path, InstantSource.system());
        billing = file.create(NewKey.of("billing", Set.of(Role.WRITE)));
    }

    @Test
    void aKeyOfTheFileIsAdmitted() {
        try (Access access = open(keys())) {
            Admitted admitted = new Admitted(new Caller(billing.keyId(), "billing", Set.of(Role.WRITE)));
            assertThat(byHeader(access, basic(billing.text()))).isEqualTo(admitted);
            assertThat(byHeader(access, basic(billing.text()).replace("Basic", " bASIC  ")))
                    .isEqualTo(admitted);
            assertThat(bySignature(access, billing)).isEqualTo(admitted);
        }
    }

    @Test
    void aMissingHeaderIsToldAsThat() {
        try (Access access = open(keys())) {
            Refused missing = new Refused("The credentials are missing: Authorization");
            assertThat(access.authenticator().byHeader(Optional.empty()).join()).isEqualTo(missing);
            assertThat(byHeader(access, " ")).isEqualTo(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ", "Basic !", "Basic eA==", "Digest eDp5", "eDp5", "Bearer a.b.c", "Basic a b"})
    void aHeaderThatMakesNoSenseIsRefused(String header) {
        try (Access access = open(keys())) {
            assertThat(byHeader(access, header))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.why()).startsWith("Authorization "));
        }
    }

    @Test
    void aNewKeyIsAdmittedAndARevokedOneIsNotWithoutARestart() throws IOException {
        try (Access access = open(keys())) {
            KeyCredential crm = file.create(NewKey.of("crm", Set.of(Role.READ)));
            file.revoke(billing.keyId());
            access.refresh();

            assertThat(byHeader(access, basic(crm.text()))).isInstanceOf(Admitted.class);
            assertThat(byHeader(access, basic(billing.text()))).isEqualTo(KeyAuthenticator.WRONG);
            assertThat(bySignature(access, billing)).isEqualTo(KeyAuthenticator.WRONG);
        }
    }

    @Test
    void aFileThatBreaksLeavesItsKeysInForce() throws IOException {
        try (Access access = open(keys())) {
            Files.writeString(path, "{\"keys\": [");
            access.refresh();

            assertThat(byHeader(access, basic(billing.text()))).isInstanceOf(Admitted.class);
        }
    }

    @Test
    void theRateOfAKeyFollowsTheFile() throws IOException {
        try (Access access = open(keys())) {
            Caller caller = new Caller(billing.keyId(), "billing", Set.of(Role.WRITE));
            access.limits().enter(caller);
            assertThat(access.limits().enter(caller)).isInstanceOf(Permit.class);

            Files.writeString(path, Files.readString(path).replace("\"createdAt\"", "\"rate\": 1, \"createdAt\""));
            access.refresh();
            access.limits().enter(caller);
            assertThat(access.limits().enter(caller)).isInstanceOf(TooMany.class);
        }
    }

    @Test
    void theSettingsLimitThoseWhoHaveNoLimitsOfTheirOwn() {
        try (Access access = open(with(keys(), "gateway.key.rate", "1"))) {
            Caller caller = new Caller("jwt:crm", "jwt:crm", Set.of(Role.WRITE));
            access.limits().enter(caller);
            assertThat(access.limits().enter(caller)).isInstanceOf(TooMany.class);
        }
        try (Access access = open(with(keys(), "gateway.key.concurrency", "1"))) {
            Caller caller = new Caller("jwt:crm", "jwt:crm", Set.of(Role.WRITE));
            access.limits().enter(caller);
            assertThat(access.limits().enter(caller)).isInstanceOf(TooMany.class);
        }
    }

    @Test
    void openAdmitsAnybodyWithoutLimits() {
        try (Access access =
                open(Map.of("gateway.open", "true", "gateway.key.rate", "1", "gateway.key.concurrency", "1"))) {
            Admitted anybody = new Admitted(Caller.ANYBODY);
            assertThat(access.authenticator().byHeader(Optional.empty()).join()).isEqualTo(anybody);
            assertThat(byHeader(access, "Basic !")).isEqualTo(anybody);
            assertThat(bySignature(access, billing)).isEqualTo(anybody);
            access.limits().enter(Caller.ANYBODY);
            assertThat(access.limits().enter(Caller.ANYBODY)).isInstanceOf(Permit.class);
        }
    }

    @Test
    void aMissingFileIsNamedWithItsSetting() {
        Path missing = directory.resolve("missing.json");
        assertThatThrownBy(() -> open(Map.of("gateway.keys.file", missing.toString())))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("gateway.keys.file: " + missing + " does not exist");
    }

    @Test
    void aFileThatIsNotValidIsNamedWithItsSetting() throws IOException {
        Files.writeString(path, "{}");
        assertThatThrownBy(() -> open(keys()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("gateway.keys.file: " + path + " is not valid: keys is missing");
        assertThatThrownBy(() -> open(tokens(path.toString())))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("gateway.jwt.jwks: " + path + " is not valid: it is no JSON Web Key Set");
    }

    @Test
    void aTokenIsCheckedAgainstAKeySetInAFile() throws IOException {
        Path set = Files.writeString(directory.resolve("jwks.json"), Issuer.keySet(ISSUER));
        try (Access access = open(tokens(set.toString()))) {
            assertThat(byHeader(access, "bearer " + token()))
                    .isEqualTo(new Admitted(new Caller("jwt:crm", "jwt:crm", Set.of(Role.WRITE))));
            assertThat(byHeader(access, basic(billing.text()))).isEqualTo(KeyAuthenticator.WRONG);
        }
    }

    @Test
    void aTokenIsCheckedAgainstAKeySetOverHttp() throws Exception {
        try (KeySetServer server = new KeySetServer(ISSUER);
                Access access = open(tokens(server.url().toString()))) {
            assertThat(byHeader(access, "Bearer " + token())).isInstanceOf(Admitted.class);
            assertThat(byHeader(access, "Bearer " + Issuer.withRsa("unknown").token(Instant.now(), claims -> claims)))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void aTokenIsUndecidedWhileTheKeySetIsAwayAndKeysAreAdmitted() throws Exception {
        try (KeySetServer server = new KeySetServer(ISSUER)) {
            server.answers(503, "");
            Map<String, String> both = new HashMap<>(tokens(server.url().toString()));
            both.putAll(keys());
            try (Access access = open(both)) {
                assertThat(byHeader(access, "Bearer " + token())).isInstanceOf(Undecided.class);
                assertThat(byHeader(access, basic(billing.text()))).isInstanceOf(Admitted.class);
            }
        }
    }

    private static String token() {
        return ISSUER.token(Instant.now(), claims -> claims);
    }

    private Map<String, String> keys() {
        return Map.of("gateway.keys.file", path.toString());
    }

    private static Map<String, String> tokens(String jwks) {
        return Map.of(
                "gateway.jwt.jwks", jwks,
                "gateway.jwt.issuer", Issuer.NAME,
                "gateway.jwt.audience", Issuer.AUDIENCE);
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static Access open(Map<String, String> settings) {
        return Access.open(AccessSettings.from(Settings.of(settings)));
    }

    private static Verdict byHeader(Access access, String header) {
        return access.authenticator()
                .byHeader(Optional.of(header))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static Verdict bySignature(Access access, KeyCredential credential) {
        return access.authenticator()
                .bySignature(
                        new RpcCredentials(
                                Optional.of(credential.keyId()),
                                Optional.of(basic(credential.text())),
                                Optional.empty()),
                        new byte[] {'{', '}'});
    }
}
