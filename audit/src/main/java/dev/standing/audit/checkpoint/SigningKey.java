package dev.standing.audit.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A key of Ed25519 (RFC 8032), which signs the same bytes with the same signature every time. In files it is PEM, as {@code
 * openssl genpkey -algorithm ed25519} writes it. Safe for use by many threads.
 */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";
    private static final int LINE = 64;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(KeyPair pair) {
        this.privateKey = pair.getPrivate();
        this.publicKey = pair.getPublic();
    }

    /** A new key. */
    public static SigningKey generate() {
        return new SigningKey(generate(new SecureRandom()));
    }

    /**
     * Reads a private key (PKCS#8 in PEM).
     *
     * @throws UnusableCheckpointException if the file cannot be read, or holds no such key
     */
    public static SigningKey read(Path file) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(der(file, "PRIVATE KEY")));
            byte[] seed = ((EdECPrivateKey) key)
                    .getBytes()
                    .orElseThrow(() -> new GeneralSecurityException("it holds no private key"));
            return new SigningKey(generate(new Fixed(seed)));
        } catch (GeneralSecurityException e) {
            throw new UnusableCheckpointException(file + " holds no private key of " + ALGORITHM, e);
        }
    }

    /**
     * Reads a public key (X.509 in PEM).
     *
     * @throws UnusableCheckpointException if the file cannot be read, or holds no such key
     */
    public static PublicKey readPublic(Path file) {
        try {
            return publicKey(der(file, "PUBLIC KEY"));
        } catch (IllegalArgumentException e) {
            throw new UnusableCheckpointException(file + " holds no public key of " + ALGORITHM, e);
        }
    }

    static PublicKey publicKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("publicKey is none of " + ALGORITHM, e);
        }
    }

    /**
     * Writes both keys as PEM; the private one for its owner alone, where there are permissions.
     *
     * @throws java.nio.file.FileAlreadyExistsException if one of the files is there
     */
    public void write(Path privateFile, Path publicFile) throws IOException {
        Path directory = privateFile.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Files.writeString(publicFile, pem("PUBLIC KEY", publicKey.getEncoded()), StandardOpenOption.CREATE_NEW);
        // Has its permissions before anything is in it.
        Path unseen = Files.createTempFile(directory, "key", ".new");
        Files.writeString(unseen, pem("PRIVATE KEY", privateKey.getEncoded()), StandardOpenOption.WRITE);
        Files.move(unseen, privateFile);
    }

    PublicKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key of " + ALGORITHM + " can sign", e);
        }
    }

    static boolean isSigned(PublicKey key, byte[] bytes, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Not even the form of a signature.
            return false;
        }
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform since 15 has " + ALGORITHM, e);
        }
    }

    private static byte[] der(Path file, String what) {
        String begin = "-----BEGIN " + what + "-----";
        String end = "-----END " + what + "-----";
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int from = text.indexOf(begin);
            int to = text.indexOf(end);
            if (from < 0 || to < from) {
                throw new UnusableCheckpointException(file + " has no lines between " + begin + " and " + end);
            }
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IOException e) {
            throw new UnusableCheckpointException(file + " cannot be read", e);
        }
    }

    private static String pem(String what, byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    /**
     * Gives a private key's own bytes. The platform derives a public key from a private one only where it makes both, and
     * what it asks for then is the private key.
     */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("A private key of " + ALGORITHM + " has " + seed.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
