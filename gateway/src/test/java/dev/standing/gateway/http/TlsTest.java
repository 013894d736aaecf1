package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.standing.service.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void whoeverTrustsTheCertificateIsAnsweredAndToldToStayWithTls() throws Exception {
        Certificate certificate = issue("one");

        try (TestServer server = server()) {
            HttpResponse<String> answer = get(server, certificate);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{}");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        }
    }

    @Test
    void aNewCertificateIsFollowedWithoutARestart() throws Exception {
        issue("one");
        try (TestServer server = server()) {
            Certificate renewed = issue("two");

            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(get(server, renewed).statusCode()).isEqualTo(200));
        }
    }

    @Test
    void aKeyThatIsNotThatOfTheCertificateIsRefused() throws Exception {
        issue("one");
        Path other = directory.resolve("other.pem");
        Files.copy(key(), other);
        issue("two");
        Files.copy(other, key(), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::server)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("gateway.tls.certificate")
                .hasMessageContaining("the key is not that of the first certificate");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(this::server)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("certificate.pem does not exist");
    }

    private TestServer server() {
        Route route = Route.get(
                "/",
                request -> CompletableFuture.completedFuture(
                        Answer.bytes("application/json", "{}".getBytes(StandardCharsets.UTF_8))));
        return new TestServer(Entrance.open(), Optional.of(new TlsFiles(certificate(), key())), route);
    }

    private static HttpResponse<String> get(TestServer server, Certificate trusted) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", trusted);
        TrustManagerFactory trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusting.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** Puts a new certificate and its key where the server looks for them. */
    private X509Certificate issue(String alias) throws Exception {
        Path store = directory.resolve(alias + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        write(key(), "PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded());
        X509Certificate certificate = (X509Certificate) keys.getCertificate(alias);
        write(certificate(), "CERTIFICATE", certificate.getEncoded());
        return certificate;
    }

    private static void write(Path file, String type, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private Path certificate() {
        return directory.resolve("certificate.pem");
    }

    private Path key() {
        return directory.resolve("key.pem");
    }
}
