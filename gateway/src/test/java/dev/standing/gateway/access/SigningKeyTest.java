package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    private static final String PAYLOAD = "{\"ID\": \"1\",  \"status\":\"ACTIVE\"}";

    private final Signer signer = Signer.onP256();
    private final SigningKey key = SigningKey.ofPem(signer.publicPem());

    @Test
    void aSignatureIsOfTheBytesThatWereSigned() {
        assertThat(signed(PAYLOAD, signer.sign(PAYLOAD))).isTrue();
    }

    @Test
    void aSignatureIsOfNoOtherBytesEvenIfTheyMeanTheSame() {
        assertThat(signed(PAYLOAD.replace(" ", ""), signer.sign(PAYLOAD))).isFalse();
    }

    @Test
    void aSignatureOfAnotherKeyIsNone() {
        assertThat(signed(PAYLOAD, Signer.onP256().sign(PAYLOAD))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "====",
                "!!!!",
                "MAYCAQACAQA=",
                "MAYCAQECAQE=",
                "MAQCAgEB",
                "MIEGAgEBAgEB",
                "Z2FyYmFnZQ=="
            })
    void whatIsNoSignatureIsRefusedWithoutAnException(String signature) {
        assertThat(signed(PAYLOAD, signature)).isFalse();
    }

    @Test
    void aSignatureWithAnythingBehindItIsNone() {
        byte[] signature = signer.signature(PAYLOAD);
        byte[] longer = Arrays.copyOf(signature, signature.length + 1);
        assertThat(signed(PAYLOAD, Base64.getEncoder().encodeToString(longer))).isFalse();
    }

    @Test
    void aSignatureThatIsTooLongIsNotEvenDecoded() {
        assertThat(signed(PAYLOAD, "!".repeat(1_000_000))).isFalse();
    }

    @Test
    void numbersThatAreNotBelowTheOrderAreRefusedWhateverTheJvmThinksOfThem() throws Exception {
        BigInteger order = order();
        assertThat(new DerSignature(BigInteger.ONE, BigInteger.ONE).isWithin(order))
                .isTrue();
        for (List<BigInteger> numbers : List.of(
                List.of(BigInteger.ZERO, BigInteger.ONE),
                List.of(BigInteger.ONE, BigInteger.ZERO),
                List.of(BigInteger.ONE.negate(), BigInteger.ONE),
                List.of(BigInteger.ONE, order),
                List.of(order, BigInteger.ONE))) {
            assertThat(new DerSignature(numbers.get(0), numbers.get(1)).isWithin(order))
                    .isFalse();
        }
    }

    @Test
    void theNumbersOfASignatureAreThoseOfItsDerForm() {
        assertThat(DerSignature.parse(new byte[] {0x30, 6, 2, 1, 5, 2, 1, 7}))
                .hasValue(new DerSignature(BigInteger.valueOf(5), BigInteger.valueOf(7)));
        assertThat(DerSignature.parse(new byte[] {0x30, 6, 2, 1, 5, 2, 2, 7})).isEmpty();
        assertThat(DerSignature.parse(new byte[] {0x31, 6, 2, 1, 5, 2, 1, 7})).isEmpty();
        assertThat(DerSignature.parse(new byte[] {0x30, 6, 3, 1, 5, 2, 1, 7})).isEmpty();
        assertThat(DerSignature.parse(new byte[] {0x30, 5, 2, 0, 2, 1, 7})).isEmpty();
    }

    @Test
    void aKeyOfAnotherCurveIsRefused() {
        String pem = Signer.pem(Signer.pair("EC", "secp384r1").getPublic());
        assertThatThrownBy(() -> SigningKey.ofPem(pem))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("is no key of the curve P-256");
    }

    @Test
    void aKeyOfAnotherAlgorithmIsRefused() {
        String pem = Signer.pem(Signer.pair("RSA", "").getPublic());
        assertThatThrownBy(() -> SigningKey.ofPem(pem))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("is no key of the curve P-256");
    }

    @Test
    void aPointThatIsNotOnTheCurveIsRefused() {
        byte[] der = Base64.getMimeDecoder().decode(signer.publicPem().replaceAll("-----[A-Z ]+-----", ""));
        der[der.length - 1] ^= 1;
        assertThatThrownBy(() -> SigningKey.ofPem(Signer.pem("PUBLIC KEY", der)))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("is no key of the curve P-256");
    }

    @Test
    void aPrivateKeyIsRefusedAsWhatItIs() {
        String pem = Signer.pem("PRIVATE KEY", signer.privateDer());
        assertThatThrownBy(() -> SigningKey.ofPem(pem))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("is a private key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
            })
    void whatIsNoKeyIsRefused(String pem) {
        assertThatThrownBy(() -> SigningKey.ofPem(pem)).isInstanceOf(UnusableKeyException.class);
    }

    /** The commands of docs/security.md. */
    @Test
    void opensslMakesKeysAndSignaturesThatAreTaken(@TempDir Path directory) throws Exception {
        assumeTrue(run(directory, "openssl", "version") == 0, "openssl is not there");
        Files.writeString(directory.resolve("payload.json"), PAYLOAD);
        assertThat(run(directory, "openssl ecparam -name prime256v1 -genkey -noout -out signing.pem".split(" ")))
                .isZero();
        assertThat(run(directory, "openssl pkey -in signing.pem -pubout -out signing.pub.pem".split(" ")))
                .isZero();
        assertThat(run(directory, "openssl dgst -sha256 -sign signing.pem -out payload.sig payload.json".split(" ")))
                .isZero();
        assertThat(run(directory, "openssl base64 -A -in payload.sig -out payload.b64".split(" ")))
                .isZero();

        SigningKey made = SigningKey.ofPem(Files.readString(directory.resolve("signing.pub.pem")));
        String signature = Files.readString(directory.resolve("payload.b64"));
        assertThat(made.hasSigned(PAYLOAD.getBytes(StandardCharsets.UTF_8), signature))
                .isTrue();
    }

    private static int run(Path directory, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static BigInteger order() throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        BigInteger order = parameters.getParameterSpec(ECParameterSpec.class).getOrder();
        assertThat(((ECPublicKey) Signer.pair("EC", "secp256r1").getPublic())
                        .getParams()
                        .getOrder())
                .isEqualTo(order);
        return order;
    }

    private boolean signed(String payload, String signature) {
        return key.hasSigned(payload.getBytes(StandardCharsets.UTF_8), signature);
    }
}
