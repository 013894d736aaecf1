package dev.standing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryTlsTest {

    private static final String PASSWORD = "changeit";

    private Path directory;
    private Path named;
    private Path stranger;
    private HttpsServer trusting;
    private HttpsServer demanding;
    private HttpsServer misnamed;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        named = keystore("named", "ip:127.0.0.1");
        stranger = keystore("stranger", "dns:elsewhere.example");
        trusting = server(named, false);
        demanding = server(named, true);
        misnamed = server(stranger, false);
    }

    @AfterAll
    void stop() {
        List.of(trusting, demanding, misnamed).forEach(server -> server.stop(0));
    }

    private Path keystore(String name, String alternative) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternative,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return file;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static HttpsServer server(Path keystore, boolean needsClient) throws Exception {
        KeyStore store = load(keystore);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", store.getCertificate("key"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(needsClient);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"schema\": \"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Schema fetch(HttpsServer server, Map<String, String> ssl) {
        Map<String, Object> configs = new HashMap<>();
        ssl.forEach((key, value) -> configs.put("schema.registry.ssl." + key, value));
        configs.put(
                RegistryConfig.URL, "https://127.0.0.1:" + server.getAddress().getPort());
        configs.put(RegistryConfig.RETRIES, 0);
        try (SchemaRegistryClient client = new SchemaRegistryClient(configs)) {
            return client.schema(new SchemaKey.Id(1));
        }
    }

    private static Map<String, String> trust(Path store) {
        return new HashMap<>(Map.of(
                "truststore.location", store.toString(), "truststore.password", PASSWORD, "truststore.type", "PKCS12"));
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }

    private static String certificate(Path store) throws Exception {
        return pem("CERTIFICATE", load(store).getCertificate("key").getEncoded());
    }

    @Test
    void trustsWhatAPkcs12StoreHolds() {
        assertThat(fetch(trusting, trust(named))).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @Test
    void trustsWhatAPemFileHolds() throws Exception {
        Path file = Files.writeString(directory.resolve("trust.pem"), certificate(named));

        assertThat(fetch(trusting, Map.of("truststore.type", "PEM", "truststore.location", file.toString())))
                .isNotNull();
    }

    @Test
    void trustsNobodyElse() {
        assertThatThrownBy(() -> fetch(trusting, Map.of())).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> fetch(trusting, trust(stranger))).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void showsItsOwnCertificateFromAPkcs12Store() {
        Map<String, String> ssl = trust(named);
        assertThatThrownBy(() -> fetch(demanding, ssl)).isInstanceOf(RegistryUnavailableException.class);

        ssl.putAll(Map.of(
                "keystore.location", named.toString(), "keystore.password", PASSWORD, "keystore.type", "PKCS12"));

        assertThat(fetch(demanding, ssl)).isNotNull();
    }

    @Test
    void showsItsOwnCertificateFromPem() throws Exception {
        byte[] key = load(named).getKey("key", PASSWORD.toCharArray()).getEncoded();

        assertThat(fetch(
                        demanding,
                        Map.of(
                                "truststore.type", "PEM",
                                "truststore.certificates", certificate(named),
                                "keystore.type", "PEM",
                                "keystore.certificate.chain", certificate(named),
                                "keystore.key", pem("PRIVATE KEY", key))))
                .isNotNull();
    }

    @Test
    void checksTheHostUnlessToldNotTo() {
        Map<String, String> ssl = trust(stranger);
        assertThatThrownBy(() -> fetch(misnamed, ssl)).isInstanceOf(RegistryUnavailableException.class);

        ssl.put("endpoint.identification.algorithm", "");

        assertThat(fetch(misnamed, ssl)).isNotNull();
        assertThatThrownBy(() -> fetch(trusting, ssl))
                .as("another host's certificate is still not trusted")
                .isInstanceOf(RegistryUnavailableException.class);
    }
}
