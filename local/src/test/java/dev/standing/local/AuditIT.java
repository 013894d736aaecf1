package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.checkpoint.Checkpoint;
import dev.standing.audit.checkpoint.SigningKey;
import dev.standing.local.cli.StandingCommands;
import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of what a processor wrote. */
class AuditIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CUSTOMERS = 20;

    @TempDir
    private static Path directory;

    private static PlatformRun run;
    private static Path configuration;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws Exception {
        run = PlatformRun.start(directory, Map.of("gateway.open", "true"));
        configuration = Files.write(
                directory.resolve("standing.properties"),
                run.connection().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        RestClient rest = new RestClient(run.url());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> rest.get("/health/ready").response().statusCode() == 200);
        for (int i = 0; i < CUSTOMERS; i++) {
            for (String[] call : calls("a/\u00e9 " + i)) {
                assertThat(rest.post(call[0], call[1]).response().statusCode()).isIn(200, 201);
            }
        }
    }

    private static List<String[]> calls(String id) {
        String change = "{\"requestId\": \"%s\", \"customer\": {\"refId\": \"" + id
                + "\"}, \"state\": {\"state\": \"%s\"," + " \"stateReason\": \"%s\"%s}, \"subordinateUpdated\": %s}";
        String state = "/v1/customers/state";
        String subordinates = "/v1/customers/"
                + id.replace("/", "%2F").replace(" ", "%20").replace("\u00e9", "%C3%A9") + "/subordinates";
        return List.of(
                new String[] {"/v1/customers", "{\"requestId\": \"1\", \"customerId\": \"" + id + "\"}"},
                new String[] {
                    subordinates, "{\"requestId\": \"2\", \"subordinates\": [{\"type\": \"ACCOUNT\", \"id\": \"a\"}]}"
                },
                new String[] {state, change.formatted("3", "SUSPENDED", "dfltSuspended", "", "true")},
                new String[] {
                    state,
                    change.formatted(
                            "4",
                            "ACTIVE",
                            "dfltActive",
                            ", \"pending\": true, \"stateValidFrom\": \"2999-01-01T00:00:00Z\"",
                            "false")
                });
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    @Test
    void whatAProcessorWroteHoldsAndItAnswersWhatItsEventsSay() {
        assertThat(execute("verify", "--gateway", run.url()))
                .as(text(out) + text(err))
                .isZero();
        assertThat(text(out))
                .contains(" of " + CUSTOMERS + " customers with " + CUSTOMERS + " subordinates in ")
                .contains("asked about " + CUSTOMERS + " customers.")
                .contains("Nothing is wrong.");
    }

    @Test
    void aSampleIsAskedAboutOnly() {
        assertThat(execute("verify", "--gateway", run.url(), "--sample", "5", "--json"))
                .isZero();
        assertThat(text(out)).contains("\"asked\" : 5");
    }

    @Test
    void aGatewayThatAnswersOtherwiseIsFound() throws Exception {
        assertThat(execute("verify", "--gateway", run.url() + "/elsewhere", "--json"))
                .isEqualTo(1);
        assertThat(text(out)).contains("\"ANSWER_DIFFERS\" : " + CUSTOMERS);
    }

    @Test
    void aCheckpointIsSignedAndHeldAgainst() throws Exception {
        Path checkpoint = directory.resolve("checkpoint.json");
        Path key = directory.resolve("key.pem");
        Path publicKey = directory.resolve("pub.pem");
        SigningKey.generate().write(key, publicKey);

        assertThat(execute("checkpoint", "--to", checkpoint.toString(), "--key", key.toString()))
                .as(text(err))
                .isZero();
        assertThat(execute("verify", "--against", checkpoint.toString(), "--public-key", publicKey.toString()))
                .as(text(out) + text(err))
                .isZero();

        Path other = directory.resolve("other.pem");
        SigningKey.generate().write(directory.resolve("another.pem"), other);
        assertThat(execute("verify", "--against", checkpoint.toString(), "--public-key", other.toString()))
                .isEqualTo(1);
        assertThat(text(out)).contains("CHECKPOINT_UNSIGNED");
    }

    @Test
    void aLogWithFindingsIsNotSigned() throws Exception {
        Path broken = Files.write(
                directory.resolve("broken.properties"),
                Stream.concat(Files.readAllLines(configuration).stream(), Stream.of("topics.prefix=broken."))
                        .toList());
        writeBrokenLog();
        Path checkpoint = directory.resolve("broken.json");
        Path key = directory.resolve("broken.key.pem");
        SigningKey.generate().write(key, directory.resolve("broken.pub.pem"));

        assertThat(executeWith(broken, "checkpoint", "--to", checkpoint.toString(), "--key", key.toString()))
                .isEqualTo(1);
        assertThat(text(out)).contains("UNDECODABLE");
        assertThat(text(err)).contains("not signed");
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void aKeyThatIsItsOwnersAloneIsMadeAtFirstUseAndUsedAgain() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));

        assertThat(checkpointIn(home, "first.json")).isZero();
        assertThat(checkpointIn(home, "second.json")).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("standing-audit.key.pem"))))
                .isEqualTo("rw-------");
        PublicKey key = SigningKey.readPublic(home.resolve("standing-audit.pub.pem"));
        assertThat(Checkpoint.read(home.resolve("first.json")).isSignedBy(key)).isTrue();
        assertThat(Checkpoint.read(home.resolve("second.json")).isSignedBy(key)).isTrue();
    }

    /** In a process of its own, since the key is made where it runs. */
    private static int checkpointIn(Path home, String file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Standing.class.getName(),
                        "audit",
                        "checkpoint",
                        "--config",
                        configuration.toString(),
                        "--to",
                        file)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(file + ".out").toFile())
                .start()
                .waitFor();
    }

    /** A log of one record that is no event. */
    private static void writeBrokenLog() throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", run.connection().get("kafka.bootstrap.servers"));
        try (Admin admin = Admin.create(kafka);
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(Stream.of("broken.events", "broken.customers")
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                            .toList())
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("broken.events", new byte[] {'c'}, new byte[] {1}))
                    .get();
        }
    }

    @Test
    void aPartitionThatThereIsNotIsAWrongCommandLine() {
        assertThat(execute("verify", "--from", "99:4")).isEqualTo(2);
        assertThat(text(err)).contains("There is no partition 99 of ", ", which has partitions 0 to ");
    }

    private int execute(String command, String... arguments) {
        return executeWith(configuration, command, arguments);
    }

    private int executeWith(Path properties, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("audit", command, "--config", properties.toString()));
        all.addAll(Arrays.asList(arguments));
        Console console = new Console(stream(out), stream(err), false);
        return StandingCommands.of(console, new ProcessEnd(console)).execute(all.toArray(String[]::new));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
