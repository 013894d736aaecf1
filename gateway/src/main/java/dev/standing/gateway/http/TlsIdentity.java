package dev.standing.gateway.http;

import dev.standing.service.files.InvalidFileException;
import dev.standing.service.files.WatchedFile;
import dev.standing.service.settings.InvalidSettingsException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.pem.util.PemUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the server is to clients that connect by TLS. When the files change, new connections see the new certificate; those
 * that are open go on.
 */
final class TlsIdentity implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final WatchedFile<SSLContext> files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();

    private TlsIdentity(WatchedFile<SSLContext> files) {
        this.files = files;
        SSLContext first = files.current();
        factory.setSslContext(first);
        files.whenChanged(this::change);
        // What changed between the two was told to nobody.
        if (files.current() != first) {
            factory.setSslContext(files.current());
        }
    }

    /**
     * Reads the files, and watches them from then on.
     *
     * @throws InvalidSettingsException if one cannot be read, is not valid, or they do not belong together
     */
    static TlsIdentity open(TlsFiles files) {
        try {
            return new TlsIdentity(WatchedFile.open(List.of(files.certificate(), files.key()), TlsIdentity::parse));
        } catch (InvalidFileException e) {
            // Without the exception: its causes may repeat what stands in the files.
            throw new InvalidSettingsException("gateway.tls.certificate, gateway.tls.key: " + e.getMessage());
        }
    }

    private static SSLContext parse(List<byte[]> contents) throws InvalidFileException {
        String certificates = text(contents.get(0));
        String key = text(contents.get(1));
        try {
            List<X509Certificate> chain = PemUtils.parseCertificate(certificates);
            PrivateKey privateKey = PemUtils.parsePrivateKey(key);
            if (chain.isEmpty()) {
                throw new InvalidFileException("there is no certificate in the first");
            }
            if (!belongTogether(privateKey, chain.get(0).getPublicKey())) {
                throw new InvalidFileException("the key is not that of the first certificate");
            }
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager identity = PemUtils.parseIdentityMaterial(certificates, key, null);
            context.init(new KeyManager[] {identity}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new InvalidFileException("they cannot be used for TLS", e);
        }
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        if (!signing(privateKey).equals(signing(publicKey))) {
            return false;
        }
        Signature signature = Signature.getInstance(signing(privateKey));
        signature.initSign(privateKey);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        return signature.verify(signed);
    }

    /** How a key of this kind signs. */
    private static String signing(Key key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static String text(byte[] pem) {
        return new String(pem, StandardCharsets.US_ASCII);
    }

    private void change(SSLContext context) {
        try {
            factory.reload(changed -> changed.setSslContext(context));
            LOG.info("New connections have the new certificate");
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not take the new certificate", e);
        }
    }

    /** What makes the server's ends of connections. */
    SslContextFactory.Server factory() {
        return factory;
    }

    @Override
    public void close() {
        files.close();
    }
}
