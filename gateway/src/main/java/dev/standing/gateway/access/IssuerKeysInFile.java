package dev.standing.gateway.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.standing.service.files.InvalidFileException;
import dev.standing.service.files.WatchedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An issuer's keys in a file, which is read again when it changes. */
final class IssuerKeysInFile implements IssuerKeys {

    private final WatchedFile<JWKSet> file;

    private IssuerKeysInFile(WatchedFile<JWKSet> file) {
        this.file = file;
    }

    /**
     * Reads them.
     *
     * @throws InvalidFileException if the file is no key set
     */
    static IssuerKeysInFile open(Path path) throws InvalidFileException {
        return new IssuerKeysInFile(WatchedFile.open(List.of(path), contents -> parse(contents.get(0))));
    }

    private static JWKSet parse(byte[] json) throws InvalidFileException {
        try {
            return JWKSet.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new InvalidFileException("it is no JSON Web Key Set", e);
        }
    }

    @Override
    public CompletableFuture<List<JWK>> matching(JWSHeader header) {
        return CompletableFuture.completedFuture(
                new JWKSelector(JWKMatcher.forJWSHeader(header)).select(file.current()));
    }

    @Override
    public void close() {
        file.close();
    }
}
