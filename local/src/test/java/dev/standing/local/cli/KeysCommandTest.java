package dev.standing.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.access.Key;
import dev.standing.gateway.access.KeyFile;
import dev.standing.gateway.access.Role;
import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KeysCommandTest {

    private static final String CHOSEN = "0123456789".repeat(4);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private String file;

    @BeforeEach
    void begin() {
        file = directory.resolve("keys.json").toString();
    }

    @Test
    void whatIsPrintedIsWhatCurlTakesAndNothingElse() throws IOException {
        assertThat(keys("create", "--file", file, "--source", "billing")).isZero();

        assertThat(text(out)).matches("key-[0-9a-f]{12}:[A-Za-z0-9_-]{43}\\R");
        Key key = only();
        assertThat(text(out)).startsWith(key.keyId() + ":");
        assertThat(key.source()).isEqualTo("billing");
        assertThat(key.roles()).isEqualTo(Set.of(Role.WRITE, Role.READ));
    }

    @Test
    void theCredentialIsNotAmongTheExplanations() {
        keys("create", "--file", file, "--source", "billing");

        assertThat(text(err))
                .contains("keys revoke")
                .doesNotContain(text(out).split(":", 2)[1].strip());
    }

    @Test
    void aKeyIsMadeAsItIsWanted() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        Path pem = Files.writeString(
                directory.resolve("public.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        assertThat(keys(
                        "create",
                        "--file",
                        file,
                        "--source",
                        "bank",
                        "--key-id",
                        "k-1",
                        "--role",
                        "read",
                        "--role",
                        "ADMIN",
                        "--rate",
                        "50",
                        "--public-key",
                        pem.toString()))
                .isZero();
        Key key = only();
        assertThat(key.keyId()).isEqualTo("k-1");
        assertThat(key.roles()).isEqualTo(Set.of(Role.READ, Role.ADMIN));
        assertThat(key.rate()).hasValue(50);
        assertThat(key.signing()).isPresent();
    }

    @Test
    void aCredentialMayComeFromStandardInput() {
        assertThat(keys(
                        new ByteArrayInputStream((CHOSEN + "\nmore\n").getBytes(StandardCharsets.UTF_8)),
                        "create",
                        "--file",
                        file,
                        "--source",
                        "billing",
                        "--key-id",
                        "k-1",
                        "--credential-stdin"))
                .isZero();
        assertThat(text(out).strip()).isEqualTo("k-1:" + CHOSEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short\n"})
    void aCredentialThatSomebodyCouldGuessIsRefusedAndNotRepeated(String input) {
        assertThat(keys(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        "create",
                        "--file",
                        file,
                        "--source",
                        "billing",
                        "--credential-stdin"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(text(err))
                .contains("32 to 1024 characters")
                .doesNotContain("short")
                .hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aRevokedKeyIsListedAsThat() throws IOException {
        keys("create", "--file", file, "--source", "billing", "--key-id", "k-1");
        keys("create", "--file", file, "--source", "crm", "--key-id", "k-2", "--rate", "7");
        out.reset();

        assertThat(keys("revoke", "--file", file, "k-1")).isZero();
        assertThat(text(out)).startsWith("Key k-1 is revoked since 2");
        out.reset();
        assertThat(keys("list", "--file", file)).isZero();
        assertThat(text(out))
                .hasLineCount(3)
                .containsPattern("k-1 +billing +write,read +- +no +2[^ ]+Z +2[^ ]+Z")
                .containsPattern("k-2 +crm +write,read +7/s +no +2[^ ]+Z +-");
    }

    @Test
    void whatCannotBeDoneIsToldInOneLineAndNothingIsDone() {
        assertUsage("There is no key k-1 in " + file, "revoke", "--file", file, "k-1");
        assertUsage(file + " does not exist", "list", "--file", file);
        assertUsage("The source begins with jwt:", "create", "--file", file, "--source", "jwt:x");
        assertUsage("A rate is", "create", "--file", file, "--source", "x", "--rate", "0");
        assertUsage(
                "nowhere.pem does not exist", "create", "--file", file, "--source", "x", "--public-key", "nowhere.pem");
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void aCommandLineThatIsWrongIsNamed() {
        assertThat(keys("create", "--file", file)).isEqualTo(ExitStatus.USAGE);
        assertThat(text(err)).contains("--source").contains("standing keys create --help");
        assertThat(keys("create", "--source", "x", "--role", "sweep")).isEqualTo(ExitStatus.USAGE);
        assertThat(text(err)).contains("--role").contains("sweep");
        assertThat(keys()).isEqualTo(ExitStatus.USAGE);
        assertThat(text(err)).contains("A command is missing: one of ", "create", "revoke", "list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "revoke", "list"})
    void everyCommandHasHelpAndKnowsTheDefaultFile(String command) {
        assertThat(keys(command, "--help")).isZero();
        assertThat(text(out)).contains("Usage: standing keys " + command, "default: .standing/keys.json");
    }

    private void assertUsage(String message, String... arguments) {
        err.reset();
        assertThat(keys(arguments)).isEqualTo(ExitStatus.USAGE);
        assertThat(text(err)).contains(message).hasLineCount(1);
    }

    private Key only() throws IOException {
        List<Key> keys = new KeyFile(Path.of(file), InstantSource.system()).list();
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }

    private int keys(String... arguments) {
        return keys(InputStream.nullInputStream(), arguments);
    }

    private int keys(InputStream in, String... arguments) {
        Console console = new Console(stream(out), stream(err), false);
        String[] all = new String[arguments.length + 1];
        all[0] = "keys";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandLine commands = StandingCommands.of(console, new ProcessEnd(console), in);
        commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return commands.execute(all);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
