package dev.standing.registry;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS to the registry, from Kafka's own {@code ssl.*} keys with a prefix: JKS, PKCS12 and PEM stores. */
final class RegistryTls {

    private static final String SSL_PREFIX = RegistryConfig.SSL_PREFIX + "ssl.";

    private RegistryTls() {}

    /** Reads the keys; empty if there are none, so that the JVM's own trust store counts. */
    static Optional<SSLContext> parse(Map<String, ?> given) {
        Map<String, Object> ssl = new HashMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(SSL_PREFIX)) {
                ssl.put(key.substring(RegistryConfig.SSL_PREFIX.length()), value);
            }
        });
        if (ssl.isEmpty()) {
            return Optional.empty();
        }
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory stores = new DefaultSslEngineFactory()) {
            Map<String, Object> configs = definition.parse(ssl);
            stores.configure(configs);
            return Optional.of(context(stores, configs));
        } catch (KafkaException | GeneralSecurityException e) {
            ConfigException named = new ConfigException(
                    "TLS to the registry cannot be set up from " + SSL_PREFIX + "*: " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static SSLContext context(DefaultSslEngineFactory stores, Map<String, Object> configs)
            throws GeneralSecurityException {
        KeyManager[] keys = null;
        if (stores.keystore() != null) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(stores.keystore(), keyPassword(configs));
            keys = factory.getKeyManagers();
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(stores.truststore());
        Object algorithm = configs.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        boolean anyHost = algorithm == null || algorithm.toString().isBlank();
        TrustManager[] trusted = anyHost ? anyHost(factory.getTrustManagers()) : factory.getTrustManagers();
        SSLContext context = SSLContext.getInstance((String) configs.get(SslConfigs.SSL_PROTOCOL_CONFIG));
        context.init(keys, trusted, null);
        return context;
    }

    /** A key without a password of its own has that of its store; a key in PEM has none then. */
    private static char[] keyPassword(Map<String, Object> configs) {
        Password own = (Password) configs.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        Password password = own != null ? own : (Password) configs.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        return password == null ? null : password.value().toCharArray();
    }

    /** The JDK's HTTP client always asks for the host's name to be checked: the trust managers have to let any pass. */
    private static TrustManager[] anyHost(TrustManager[] managers) {
        return Arrays.stream(managers)
                .map(manager -> manager instanceof X509ExtendedTrustManager x509 ? new AnyHost(x509) : manager)
                .toArray(TrustManager[]::new);
    }

    /** Trusts the same certificates, whatever host presents them. */
    private static final class AnyHost extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager certificates;

        AnyHost(X509ExtendedTrustManager certificates) {
            this.certificates = certificates;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            certificates.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            certificates.checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            certificates.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            certificates.checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            certificates.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            certificates.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return certificates.getAcceptedIssuers();
        }
    }
}
