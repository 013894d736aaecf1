package dev.standing.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.Results;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.access.Access;
import dev.standing.gateway.access.AccessSettings;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.gateway.access.KeyFile;
import dev.standing.gateway.access.NewKey;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.docs.DocumentationRoutes;
import dev.standing.gateway.feed.EventFeed;
import dev.standing.gateway.feed.FeedEndpoint;
import dev.standing.gateway.feed.QuietFeed;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.GuardedEntrance;
import dev.standing.gateway.http.HttpServer;
import dev.standing.gateway.http.HttpServerSettings;
import dev.standing.gateway.http.Route;
import dev.standing.gateway.jsonrpc.JsonRpcEndpoint;
import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.gateway.reply.Reply;
import dev.standing.gateway.rest.RestRoutes;
import dev.standing.service.metrics.ServiceMetrics;
import dev.standing.service.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A gateway as it is put together in production, but without Kafka, and somebody well behaved who asks for its health all
 * the time.
 */
final class HostileServer implements AutoCloseable {

    static final int MAX_BODY = 300_000;

    /** What is put into requests where secrets belong, besides real ones. */
    static final String MADE_UP_SECRET = "made-up-secret-0123456789-0123456789";

    private static final int THREADS = 8;
    private static final int BODY_MEMORY = 4_000_000;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ALL_MEMORY = "/all-memory";

    private final RecordingChannel channel = new RecordingChannel(HostileServer::decide);
    private final EventFeed feed = QuietFeed.start();
    private final ServiceMetrics metrics = new ServiceMetrics();
    private final GatewayMetrics gatewayMetrics = new GatewayMetrics(metrics.registry());
    private final HttpClient client = HttpClient.newHttpClient();
    private final LogWatch log = new LogWatch();
    private final Queue<String> unhealthy = new ConcurrentLinkedQueue<>();
    private final Thread doctor = new Thread(this::askForHealth, "hostile-doctor");
    private final Path directory;
    private final Access access;
    private final Optional<KeyCredential> key;
    private final HttpServer server;
    private volatile boolean closed;

    private HostileServer(boolean guarded) throws IOException {
        directory = Files.createTempDirectory("hostile");
        Path file = directory.resolve("keys.json");
        key = guarded
                ? Optional.of(new KeyFile(file, InstantSource.system())
                        .create(NewKey.of("billing", Set.of(Role.WRITE, Role.READ))))
                : Optional.empty();
        access = Access.open(AccessSettings.from(
                Settings.of(guarded ? Map.of("gateway.keys.file", file.toString()) : Map.of("gateway.open", "true"))));
        server = HttpServer.start(
                new HttpServerSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        MAX_BODY,
                        BODY_MEMORY,
                        1_000,
                        THREADS,
                        IDLE,
                        Duration.ofMillis(100)),
                new GuardedEntrance(access.gate(), gatewayMetrics),
                routes(),
                List::of,
                metrics,
                gatewayMetrics);
        log.begin();
        doctor.setDaemon(true);
        doctor.start();
    }

    /** One that lets everybody in. */
    static HostileServer open() throws IOException {
        return new HostileServer(false);
    }

    /** One that lets in who has a key. */
    static HostileServer guarded() throws IOException {
        return new HostileServer(true);
    }

    private List<Route> routes() {
        StubQueries queries = new StubQueries()
                .customer("c-1", JsonNodeFactory.instance.objectNode().put("version", 1))
                .granted("e-1", "c-1");
        JsonNode all = JsonNodeFactory.instance.textNode("x".repeat(BODY_MEMORY - 2));
        List<Route> routes = new ArrayList<>(RestRoutes.all(channel, queries));
        routes.add(Route.get(FeedEndpoint.PATH, new FeedEndpoint(feed)));
        routes.add(Route.post(JsonRpcEndpoint.PATH, JsonRpcEndpoint.netXd(channel, access.gate(), gatewayMetrics))
                .openTo());
        routes.addAll(DocumentationRoutes.all());
        routes.add(Route.get(ALL_MEMORY, request -> CompletableFuture.completedFuture(Answer.json(200, all)))
                .openTo());
        return routes;
    }

    /** As a processor would, as far as it needs no customer to see that something is missing. */
    private static Reply decide(Command command) {
        if (lacksReason(command.instruction())) {
            return new Reply.Decided(Results.rejected(command, RejectionCode.REASON_REQUIRED, "stateReason"));
        }
        ResultStatus status = ResultStatus.APPLIED;
        if (command.instruction() instanceof RegisterCustomer
                || command.instruction() instanceof RegisterSubordinates) {
            status = ResultStatus.REGISTERED;
        }
        return new Reply.Decided(Results.success(command, status, CustomerState.ACTIVE));
    }

    private static boolean lacksReason(Instruction instruction) {
        if (instruction instanceof RegisterCustomer register) {
            return register.state().isPresent() && register.reason().isEmpty();
        }
        return reason(instruction)
                .filter(ReasonChoice.Missing.class::isInstance)
                .isPresent();
    }

    private static Optional<ReasonChoice> reason(Instruction instruction) {
        if (instruction instanceof ChangeState change) {
            return Optional.of(change.reason());
        }
        if (instruction instanceof ProposeChange proposal) {
            return Optional.of(proposal.reason());
        }
        if (instruction instanceof ConfirmChange confirmation) {
            return Optional.of(confirmation.reason());
        }
        return instruction instanceof CancelChange cancellation
                        && cancellation.selection() instanceof ChangeSelection.ByState byState
                ? Optional.of(byState.reason())
                : Optional.empty();
    }

    Wire wire() {
        return new Wire(server.port());
    }

    /** The header of somebody who may read and write; empty: everybody may. */
    Optional<String> authorization() {
        return key.map(KeyCredential::basic);
    }

    /** What is never to be told, wherever it is put. */
    List<String> realSecrets() {
        return secrets().stream()
                .filter(secret -> !secret.equals(MADE_UP_SECRET))
                .toList();
    }

    /** What is never to be told, as long as it is put where secrets belong. */
    List<String> secrets() {
        return Stream.concat(
                        Stream.of(MADE_UP_SECRET),
                        key.stream()
                                .flatMap(known -> Stream.of(
                                        known.credential(), known.basic().substring("Basic ".length()))))
                .toList();
    }

    /** The commands that were sent since this was asked last. */
    List<Command> takeCommands() {
        List<Command> commands = List.copyOf(channel.commands());
        channel.commands().clear();
        return commands;
    }

    private void askForHealth() {
        while (!closed) {
            try {
                HttpResponse<String> answer = ask("/health/live").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (answer.statusCode() != 200) {
                    unhealthy.add("answered " + answer.statusCode() + " "
                            + answer.headers().map() + " " + answer.body());
                }
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (Exception e) {
                if (!closed) {
                    unhealthy.add(e.toString());
                }
            }
        }
    }

    private CompletableFuture<Integer> get(String path) {
        return ask(path).thenApply(HttpResponse::statusCode);
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PATIENCE)
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    /** All is as at the start: health was answered all the time, all threads and all memory are free, and the log is clean. */
    void assertUnharmed() {
        assertThat(unhealthy).as("what health answered").isEmpty();
        List<CompletableFuture<Integer>> many =
                Stream.generate(() -> get("/health/ready")).limit(3 * THREADS).toList();
        assertThat(many).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(200));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(ALL_MEMORY).get())
                        .as("there is memory for an answer that takes all")
                        .isEqualTo(200));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics.registry()
                                .get("standing.body.memory")
                                .gauge()
                                .value())
                        .as("bytes that bodies of requests still hold")
                        .isZero());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(feed.followers()).as("followers").isZero());
        assertThat(log.bad).as("what is not to be in the log").isEmpty();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.stopAccepting();
        feed.close();
        server.close();
        access.close();
        metrics.close();
        log.end();
        Files.deleteIfExists(directory.resolve("keys.json"));
        Files.deleteIfExists(directory.resolve("keys.json.lock"));
    }

    /** Keeps the lines of the log that tell a secret, or of a failure of the gateway's own. */
    private final class LogWatch extends AppenderBase<ILoggingEvent> {

        private final Queue<String> bad = new ConcurrentLinkedQueue<>();
        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final Logger ours = (Logger) LoggerFactory.getLogger("dev.standing");
        private final Level before = ours.getLevel();

        void begin() {
            start();
            root.addAppender(this);
            ours.addAppender(this);
            ours.setAdditive(false);
            ours.setLevel(Level.TRACE);
        }

        void end() {
            ours.setLevel(before);
            ours.setAdditive(true);
            ours.detachAppender(this);
            root.detachAppender(this);
            stop();
        }

        @Override
        protected void append(ILoggingEvent event) {
            String trace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            String line = event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + trace;
            if (isOfAFailure(event) || secretsOf(event).anyMatch(line::contains)) {
                bad.add(line);
            }
        }

        /** Jetty warns of odd hosts and shows them; the made-up secret is put there too, where nobody's real one belongs. */
        private Stream<String> secretsOf(ILoggingEvent event) {
            boolean isOfJetty = event.getLoggerName().startsWith("org.eclipse.jetty");
            return (isOfJetty ? realSecrets() : secrets()).stream();
        }

        /** Jetty warns of some of what it refuses. */
        private boolean isOfAFailure(ILoggingEvent event) {
            boolean isWarning = event.getLevel().isGreaterOrEqual(Level.WARN)
                    && !event.getLoggerName().startsWith("org.eclipse.jetty")
                    && !event.getFormattedMessage().startsWith("A notification failed");
            return isWarning || event.getLevel().isGreaterOrEqual(Level.ERROR);
        }
    }
}
