package dev.standing.gateway.access;

import static dev.standing.gateway.access.KeyAuthenticatorTest.basic;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.standing.gateway.access.Verdict.Admitted;
import dev.standing.service.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class NothingSecretIsLoggedTest {

    private static final String PAYLOAD = "{\"ID\":\"1\"}";
    private static final Issuer ISSUER = Issuer.withRsa("k");

    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.standing");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level level = ours.getLevel();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        log.start();
        ours.setLevel(Level.TRACE);
        root.addAppender(log);
    }

    @AfterEach
    void silence() {
        root.detachAppender(log);
        ours.setLevel(level);
    }

    @Test
    void noCredentialNoTokenAndNoSignatureIsEverInTheLog() throws Exception {
        Signer signer = Signer.onP256();
        Path path = directory.resolve("keys.json");
        KeyCredential key = new KeyFile(path, InstantSource.system())
                .create(new NewKey(
                        Optional.empty(),
                        "bank",
                        Set.of(Role.WRITE),
                        Optional.empty(),
                        Optional.of(signer.publicPem()),
                        Optional.empty()));
        String wrong = "wrong-credential-of-somebody-0123456789";
        String signature = signer.sign(PAYLOAD);
        String otherSignature = signer.sign("other");
        String good = ISSUER.token(Instant.now(), claims -> claims);
        String bad = Issuer.withRsa("x").token(Instant.now(), claims -> claims);

        try (KeySetServer server = new KeySetServer(ISSUER);
                Access access = open(path, server)) {
            Stream.of(
                            basic(key.text()),
                            basic(key.keyId() + ":" + wrong),
                            basic(wrong + ":" + wrong),
                            basic(wrong),
                            "Basic " + wrong,
                            wrong,
                            "Bearer " + good,
                            "Bearer " + bad,
                            "Bearer " + wrong)
                    .forEach(header ->
                            access.authenticator().byHeader(Optional.of(header)).join());
            server.answers(500, wrong);
            access.authenticator().byHeader(Optional.of("Bearer " + bad)).join();
            for (String each : List.of(signature, otherSignature, wrong)) {
                bySignature(access, basic(key.text()), each);
                bySignature(access, basic(key.keyId() + ":" + wrong), each);
                bySignature(access, wrong, each);
            }
            Files.writeString(path, "{\"keys\": [" + wrong);
            access.refresh();
            Files.writeString(
                    path, "{\"keys\": [{\"keyId\": \"a\", \"source\": \"b\", \"credential\": \"" + wrong + "\"}]}");
            access.refresh();
            // What was asked above was asked of something that works.
            assertThat(access.authenticator()
                            .byHeader(Optional.of(basic(key.text())))
                            .join())
                    .isInstanceOf(Admitted.class);
        }

        assertThat(log.list).as("something is logged, so that this can fail").isNotEmpty();
        for (String secret : List.of(key.credential(), wrong, signature, otherSignature, good, bad)) {
            assertThat(log.list).noneMatch(event -> text(event).contains(secret));
            assertThat(log.list).noneMatch(event -> text(event).contains(base64(secret)));
        }
    }

    @Test
    void whatHoldsSecretsDoesNotTellThem() {
        KeyCredential credential = new KeyCredential("name", "secret");
        RpcCredentials rpc = new RpcCredentials(Optional.of("name"), Optional.of("secret"), Optional.of("secret"));
        NewKey key = new NewKey(
                Optional.empty(), "x", Set.of(Role.READ), Optional.empty(), Optional.empty(), Optional.of("secret"));

        assertThat(List.of(credential.toString(), rpc.toString(), key.toString()))
                .noneMatch(text -> text.contains("secret"));
    }

    private static void bySignature(Access access, String credential, String signature) {
        access.authenticator()
                .bySignature(
                        new RpcCredentials(Optional.empty(), Optional.of(credential), Optional.of(signature)),
                        PAYLOAD.getBytes(StandardCharsets.UTF_8));
    }

    private static Access open(Path keys, KeySetServer server) {
        return Access.open(AccessSettings.from(Settings.of(Map.of(
                "gateway.keys.file",
                keys.toString(),
                "gateway.jwt.jwks",
                server.url().toString(),
                "gateway.jwt.issuer",
                Issuer.NAME,
                "gateway.jwt.audience",
                Issuer.AUDIENCE))));
    }

    private static String text(ILoggingEvent event) {
        String trace = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + "\n" + trace;
    }

    private static String base64(String secret) {
        return basic(secret).substring("Basic ".length());
    }
}
