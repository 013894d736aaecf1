package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.access.Verdict.Admitted;
import dev.standing.gateway.access.Verdict.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAuthenticatorTest {

    private static final String PAYLOAD = "{\"ID\":\"1\"}";
    private static final Refused WRONG = new Refused("The credentials are wrong");

    private final Signer signer = Signer.onP256();
    /** Lengths of salts and credentials that were hashed. */
    private final List<List<Integer>> hashed = new ArrayList<>();

    @TempDir
    Path directory;

    private KeyCredential plain;
    private KeyCredential signing;
    private KeyCredential revoked;
    private KeyAuthenticator authenticator;

    @BeforeEach
    void begin() throws Exception {
        Path path = directory.resolve("keys.json");
        KeyFile file = new KeyFile(path, InstantSource.system());
        plain = file.create(NewKey.of("billing", Set.of(Role.WRITE)));
        signing = create(file, Optional.of(signer.publicPem()));
        revoked = file.create(NewKey.of("old", Set.of(Role.WRITE)));
        file.revoke(revoked.keyId());
        Keys keys = Keys.parse(Files.readAllBytes(path));
        authenticator = new KeyAuthenticator(() -> keys, (salt, credential) -> {
            hashed.add(List.of(salt.length, credential.length));
            return Hashing.SHA_256.hash(salt, credential);
        });
    }

    private static KeyCredential create(KeyFile file, Optional<String> pem) throws IOException {
        return file.create(new NewKey(
                Optional.empty(), "bank", Set.of(Role.WRITE, Role.READ), Optional.empty(), pem, Optional.empty()));
    }

    @Test
    void whoHasTheCredentialIsAdmittedWithSourceAndRoles() {
        assertThat(authenticator.byCredential(plain))
                .isEqualTo(new Admitted(new Caller(plain.keyId(), "billing", Set.of(Role.WRITE))));
    }

    @Test
    void aWrongKeyAWrongCredentialAndARevokedKeyGetTheSameAnswer() {
        assertThat(authenticator.byCredential(new KeyCredential("nobody", plain.credential())))
                .isEqualTo(WRONG);
        assertThat(authenticator.byCredential(new KeyCredential(plain.keyId(), signing.credential())))
                .isEqualTo(WRONG);
        assertThat(authenticator.byCredential(new KeyCredential(plain.keyId(), "")))
                .isEqualTo(WRONG);
        assertThat(authenticator.byCredential(revoked)).isEqualTo(WRONG);
    }

    /** Timing tells nothing: measured as what is done, because time is too unsteady to be asserted. */
    @Test
    void aWrongKeyTakesTheSameWorkAsAWrongCredentialAndARightOne() {
        authenticator.byCredential(plain);
        authenticator.byCredential(new KeyCredential("nobody", plain.credential()));
        authenticator.byCredential(new KeyCredential(plain.keyId(), signing.credential()));
        authenticator.byCredential(revoked);

        assertThat(hashed).hasSize(4).containsOnly(List.of(16, 43));
    }

    @Test
    void aWrongKeyTakesTheSameWorkInJsonRpcAndNoSignatureIsLookedAt() {
        // Looking at it would be told by another refusal.
        assertThat(bySignature(new KeyCredential("nobody", plain.credential()), Optional.of("x")))
                .isEqualTo(WRONG);
        assertThat(bySignature(new KeyCredential(signing.keyId(), plain.credential()), Optional.of("x")))
                .isEqualTo(WRONG);
        assertThat(bySignature(new KeyCredential(signing.keyId(), plain.credential()), Optional.empty()))
                .isEqualTo(WRONG);
        assertThat(bySignature(revoked, Optional.empty())).isEqualTo(WRONG);

        assertThat(hashed).hasSize(4).containsOnly(List.of(16, 43));
    }

    @Test
    void aKeyWithoutAPublicKeyNeedsNoSignatureAndNoneIsLookedAt() {
        Admitted admitted = new Admitted(new Caller(plain.keyId(), "billing", Set.of(Role.WRITE)));

        assertThat(bySignature(plain, Optional.empty())).isEqualTo(admitted);
        assertThat(bySignature(plain, Optional.of("garbage"))).isEqualTo(admitted);
    }

    @Test
    void aKeyWithAPublicKeyIsAdmittedWithASignatureOfThePayload() {
        assertThat(bySignature(signing, Optional.of(signer.sign(PAYLOAD))))
                .isEqualTo(new Admitted(new Caller(signing.keyId(), "bank", Set.of(Role.WRITE, Role.READ))));
    }

    @Test
    void aKeyWithAPublicKeyIsRefusedWithoutASignature() {
        assertThat(bySignature(signing, Optional.empty()))
                .isEqualTo(new Refused("This key has to sign the payload, and there is no api.signature"));
    }

    @Test
    void aSignatureOfAnotherPayloadOrByAnotherKeyIsRefused() {
        Refused refused = new Refused("api.signature is none of this payload by this key");

        assertThat(bySignature(signing, Optional.of(signer.sign("{\"ID\":\"2\"}"))))
                .isEqualTo(refused);
        assertThat(bySignature(signing, Optional.of(signer.sign("{\"ID\": \"1\"}"))))
                .isEqualTo(refused);
        assertThat(bySignature(signing, Optional.of(Signer.onP256().sign(PAYLOAD))))
                .isEqualTo(refused);
        assertThat(bySignature(signing, Optional.of("garbage"))).isEqualTo(refused);
        assertThat(bySignature(signing, Optional.of(""))).isEqualTo(refused);
    }

    @Test
    void theKeyIdMayBeLeftToTheCredentialButNotContradictIt() {
        assertThat(bySignature(Optional.of(plain.keyId()), Optional.of(basic(plain.text()))))
                .isInstanceOf(Admitted.class);
        assertThat(bySignature(Optional.of(signing.keyId()), Optional.of(basic(plain.text()))))
                .isEqualTo(new Refused("api.keyId is another than that of api.credential"));
    }

    @Test
    void aMissingCredentialIsToldAsThat() {
        assertThat(bySignature(Optional.of(plain.keyId()), Optional.empty()))
                .isEqualTo(new Refused("The credentials are missing: api.credential"));
    }

    @Test
    void theWordBasicMayBeOfAnyCase() {
        String base64 = Base64.getEncoder().encodeToString(plain.text().getBytes(StandardCharsets.UTF_8));
        assertThat(bySignature(Optional.empty(), Optional.of("bASIC " + base64)))
                .isInstanceOf(Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic !", "Basic eA==", "Basic OmE=", "Basic /w==", "Bearer eA==", "eDp5"
            })
    void aMalformedCredentialIsRefused(String credential) {
        assertThat(bySignature(Optional.empty(), Optional.of(credential)))
                .isEqualTo(new Refused("api.credential must be \"Basic \" and the base64 of keyId:credential"));
        assertThat(hashed).isEmpty();
    }

    @Test
    void aCredentialBeyondAllMeasureIsNotEvenDecoded() {
        assertThat(bySignature(Optional.empty(), Optional.of("Basic " + "eDp5".repeat(3_000))))
                .isInstanceOf(Refused.class);
        assertThat(hashed).isEmpty();
    }

    private Verdict bySignature(KeyCredential credential, Optional<String> signature) {
        return authenticator.bySignature(
                new RpcCredentials(Optional.empty(), Optional.of(basic(credential.text())), signature),
                PAYLOAD.getBytes(StandardCharsets.UTF_8));
    }

    private Verdict bySignature(Optional<String> keyId, Optional<String> credential) {
        return authenticator.bySignature(
                new RpcCredentials(keyId, credential, Optional.empty()), PAYLOAD.getBytes(StandardCharsets.UTF_8));
    }

    static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
