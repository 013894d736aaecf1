package dev.standing.local;

import static dev.standing.local.NetXdCall.api;
import static dev.standing.local.NetXdCall.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.gateway.access.KeyFile;
import dev.standing.gateway.access.NewKey;
import dev.standing.gateway.access.Role;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.local.RestClient.Answered;
import dev.standing.topics.TopicDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Who is let in by a gateway that runs, and who is not: what is refused leaves nothing in the log of commands, what is
 * taken carries the source of who sent it, and nothing secret gets out.
 */
class SecurityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<Role> USUAL = EnumSet.of(Role.WRITE, Role.READ);
    private static final String WRONG = "wrong-credential-of-somebody-0123456789";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.standing");
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger("ROOT");
    private static final Level LEVEL = OURS.getLevel();
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    private static final KeyPairOnP256 SIGNING = new KeyPairOnP256();
    private static final TokenIssuer ISSUER = new TokenIssuer();

    private static PlatformRun run;
    private static RestClient anybody;

    private static KeyFile keys;
    private static KeyCredential bank;
    private static KeyCredential crm;
    private static KeyCredential vault;
    private static KeyCredential reader;
    private static KeyCredential writer;
    private static KeyCredential revoked;
    private static KeyCredential nextOfBank;
    private static KeyCredential slow;
    private static KeyCredential alsoSlow;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        LOG.start();
        OURS.setLevel(Level.TRACE);
        ROOT.addAppender(LOG);
        Path keysFile = directory.resolve("keys.json");
        makeKeys(keysFile);
        Path keySet = Files.writeString(directory.resolve("jwks.json"), ISSUER.keySet());
        run = PlatformRun.start(
                directory,
                Map.of(
                        "gateway.keys.file",
                        keysFile.toString(),
                        "gateway.jwt.jwks",
                        keySet.toString(),
                        "gateway.jwt.issuer",
                        TokenIssuer.NAME,
                        "gateway.jwt.audience",
                        TokenIssuer.AUDIENCE));
        anybody = new RestClient(run.url());
        await().atMost(PATIENCE).until(() -> register(as(bank), "the-first").status() == 201);
    }

    private static void makeKeys(Path file) throws Exception {
        keys = new KeyFile(file, InstantSource.system());
        bank = keys.create(NewKey.of("bank", USUAL));
        crm = keys.create(NewKey.of("crm", USUAL));
        vault = keys.create(new NewKey(
                Optional.empty(),
                "vault",
                USUAL,
                Optional.empty(),
                Optional.of(SIGNING.publicPem()),
                Optional.empty()));
        reader = keys.create(NewKey.of("reader", EnumSet.of(Role.READ)));
        writer = keys.create(NewKey.of("writer", EnumSet.of(Role.WRITE)));
        revoked = keys.create(NewKey.of("bank", USUAL));
        keys.revoke(revoked.keyId());
        nextOfBank = keys.create(NewKey.of("bank", USUAL));
        slow = keys.create(slow("slow"));
        alsoSlow = keys.create(slow("also-slow"));
    }

    private static NewKey slow(String source) {
        return new NewKey(Optional.empty(), source, USUAL, Optional.of(1), Optional.empty(), Optional.empty());
    }

    @AfterAll
    static void stop() {
        run.close();
        ROOT.detachAppender(LOG);
        OURS.setLevel(LEVEL);
    }

    /** Values of {@code Authorization} that prove nothing, by what is wrong with them. */
    private static Map<String, String> proofsOfNothing() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("a wrong key", new KeyCredential("key-of-nobody", bank.credential()).basic());
        all.put("a wrong credential", new KeyCredential(bank.keyId(), WRONG).basic());
        all.put("the credential of another", new KeyCredential(bank.keyId(), crm.credential()).basic());
        all.put("a revoked key", revoked.basic());
        all.put("no base64", "Basic " + bank.text());
        all.put("no scheme", bank.basic().substring("Basic ".length()));
        all.put("another scheme", "Digest " + bank.text());
        all.put("a credential as a token", "Bearer " + bank.credential());
        String good = ISSUER.token("app", "write read");
        Duration life = Duration.ofMinutes(10);
        all.put("a token of another key", "Bearer " + new TokenIssuer().token("app", "write read"));
        all.put("an unsigned token", "Bearer " + TokenIssuer.unsigned(good));
        all.put("a token with another signature", "Bearer " + good.substring(0, good.lastIndexOf('.') + 1) + "AAAA");
        all.put(
                "an expired token",
                "Bearer " + ISSUER.token(TokenIssuer.NAME, TokenIssuer.AUDIENCE, "app", "write", life.negated()));
        all.put(
                "a token of another issuer",
                "Bearer " + ISSUER.token("https://other.example", TokenIssuer.AUDIENCE, "app", "write", life));
        all.put(
                "a token for others",
                "Bearer " + ISSUER.token(TokenIssuer.NAME, "https://others.example", "app", "write", life));
        all.put("a token without a role", "Bearer " + ISSUER.token("app", "king"));
        return all;
    }

    @Test
    void whoProvesNothingIsToldHowToAndLeavesNothing() throws Exception {
        leavingNothing(() -> {
            assertUnauthenticated("nothing at all", anybody);
            for (Map.Entry<String, String> proof : proofsOfNothing().entrySet()) {
                assertUnauthenticated(proof.getKey(), anybody.with("Authorization", proof.getValue()));
            }
            assertUnauthenticated("two proofs", as(bank).with("Authorization", bank.basic()));
        });
    }

    private static void assertUnauthenticated(String what, RestClient client) throws Exception {
        for (Answered answer : List.of(
                register(client, "refused"),
                suspend(client, "r-1", "the-first"),
                client.get("/v1/customers/the-first"),
                client.get("/v1/customers/the-first/requests/r-1"),
                client.get("/v1/changes"),
                client.get("/v1/events"))) {
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"standing\", charset=\"UTF-8\", Bearer realm=\"standing\"");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text("code")).isEqualTo("UNAUTHENTICATED");
            assertThat(answer.text("field")).isEqualTo("Authorization");
        }
    }

    @Test
    void whetherAKeyExistsIsNotTold() throws Exception {
        Map<String, String> proofs = proofsOfNothing();
        List<JsonNode> answers = new ArrayList<>();
        for (String what : List.of("a wrong key", "a wrong credential", "a revoked key")) {
            answers.add(anybody.with("Authorization", proofs.get(what))
                    .get("/v1/customers/the-first")
                    .body());
        }

        assertThat(answers.get(0).get("code").textValue()).isEqualTo("UNAUTHENTICATED");
        assertThat(answers).containsOnly(answers.get(0));
    }

    @Test
    void aRoleThatMayNotIsForbiddenOverRestAndLeavesNothing() throws Exception {
        RestClient readers = as(reader);
        RestClient writers = as(writer);
        RestClient tokens = anybody.with("Authorization", "Bearer " + ISSUER.token("app", "read"));
        leavingNothing(() -> {
            for (Answered answer : List.of(
                    register(readers, "refused"),
                    suspend(readers, "r-1", "the-first"),
                    register(tokens, "refused"),
                    writers.get("/v1/customers/the-first"),
                    writers.get("/v1/customers/the-first/events"),
                    writers.get("/v1/changes"),
                    writers.get("/v1/events"))) {
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.text("code")).isEqualTo("FORBIDDEN");
            }
        });
    }

    @Test
    void whoSendsTooMuchOverRestIsToldWhenToComeBackAndLeavesNothing() throws Exception {
        RestClient client = as(slow);
        long before = run.commands();
        List<Answered> answers = new ArrayList<>();
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            answers.add(register(client, "slow-" + answers.size()));
            return last(answers).status() != 201;
        });

        assertThat(last(answers).status()).isEqualTo(429);
        assertThat(last(answers).text("code")).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(last(answers).header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(last(answers).header("Retry-After")).isEqualTo("1");
        assertThat(run.commands()).isEqualTo(before + answers.size() - 1);
    }

    @Test
    void aCallThatProvesNothingIsNotAuthenticatedAndLeavesNothing() throws Exception {
        String payload = payload("the-first", "BLOCKED");
        String another = payload("the-first", "ACTIVE");
        Map<String, String> apis = new LinkedHashMap<>();
        apis.put("nothing", "{}");
        apis.put("a name alone", "{\"keyId\":\"" + bank.keyId() + "\"}");
        proofsOfNothing().forEach((what, proof) -> apis.put(what, "{\"credential\":\"" + proof + "\"}"));
        apis.put("a good token", "{\"credential\":\"Bearer " + ISSUER.token("app", "write") + "\"}");
        apis.put("the name of another key", api(crm.keyId(), bank.basic(), Optional.empty()));
        apis.put("no signature", api(vault));
        apis.put("an empty signature", api(vault, ""));
        apis.put("no base64 for a signature", api(vault, "?"));
        apis.put("the signature of another payload", api(vault, SIGNING.sign(another)));
        apis.put("the signature of the same with other blanks", api(vault, SIGNING.sign(payload.replace(":", ": "))));
        apis.put("the signature of another key", api(vault, new KeyPairOnP256().sign(payload)));
        apis.put(
                "a signature instead of the credential",
                api(
                        vault.keyId(),
                        new KeyCredential(vault.keyId(), WRONG).basic(),
                        Optional.of(SIGNING.sign(payload))));

        leavingNothing(() -> {
            for (Map.Entry<String, String> api : apis.entrySet()) {
                // What proves who calls over REST proves nothing here.
                assertRefused(api.getKey(), call(as(bank), api.getValue(), payload), -32001, "UNAUTHENTICATED");
            }
        });
        assertThat(as(bank).get("/v1/customers/the-first")
                        .body()
                        .at("/state/state")
                        .textValue())
                .isEqualTo("ACTIVE");
    }

    @Test
    void aRoleThatMayNotIsForbiddenOverJsonRpcAndLeavesNothing() throws Exception {
        leavingNothing(() -> assertRefused(
                "a reader", call(anybody, api(reader), payload("the-first", "BLOCKED")), -32002, "FORBIDDEN"));
    }

    @Test
    void whoSendsTooMuchOverJsonRpcIsToldWhenToComeBackAndLeavesNothing() throws Exception {
        register(as(bank), "slow-rpc");
        long before = run.commands();
        List<Answered> answers = new ArrayList<>();
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            answers.add(call(anybody, api(alsoSlow), payload("slow-rpc", "DORMANT")));
            return last(answers).body().has("error");
        });

        assertRefused("too much", last(answers), -32004, "TOO_MANY_REQUESTS");
        assertThat(last(answers).body().at("/error/data/retryAfter").intValue()).isEqualTo(1);
        assertThat(run.commands()).isEqualTo(before + answers.size() - 1);
    }

    private static Answered last(List<Answered> answers) {
        return answers.get(answers.size() - 1);
    }

    private static void assertRefused(String what, Answered answer, int code, String reason) {
        assertThat(answer.status()).as(what).isEqualTo(200);
        assertThat(answer.body().at("/error/code").intValue()).as(what).isEqualTo(code);
        assertThat(answer.body().at("/error/data/code").textValue()).as(what).isEqualTo(reason);
    }

    @Test
    void everyCallOfABatchProvesItselfWhoSendsIt() throws Exception {
        register(as(bank), "batch-1");
        register(as(bank), "batch-2");
        register(as(bank), "batch-3");
        String signed = "{ \"ID\": \"batch-3\",\n\t\"status\" : \"DORMANT\", \"notes\": \"geprüft\" }";
        String second = payload("batch-2", "DORMANT");
        long before = run.commands();

        Answered answer = anybody.post(
                "/jsonrpc",
                Stream.of(
                                NetXdCall.of("1", api(bank), payload("batch-1", "DORMANT")),
                                NetXdCall.of("2", api(bank.keyId(), revoked.basic(), Optional.empty()), second),
                                NetXdCall.of(
                                        "3", api(vault, SIGNING.sign(signed)), signed.replace("DORMANT", "ACTIVE")),
                                NetXdCall.of("4", api(crm), second),
                                NetXdCall.of("5", api(reader), second),
                                NetXdCall.of("6", api(vault, SIGNING.sign(signed)), signed),
                                NetXdCall.of("7", api(vault), second))
                        .collect(Collectors.joining(",", "[", "]")));

        assertThat(answer.body().findValuesAsText("id")).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(IntStream.range(0, 7)
                        .map(call ->
                                answer.body().at("/" + call + "/error/code").asInt()))
                .containsExactly(0, -32001, -32001, 0, -32002, 0, -32001);
        assertThat(run.commands()).isEqualTo(before + 3);
        assertThat(List.of(lastSource("batch-1"), lastSource("batch-2"), lastSource("batch-3")))
                .containsExactly("bank", "crm", "vault");
    }

    @Test
    void commandsEventsAndResultsCarryTheSourceOfTheKey() throws Exception {
        register(as(crm), "sourced");
        String signed = payload("sourced", "DORMANT");
        call(anybody, api(vault, SIGNING.sign(signed)), signed);

        assertThat(run.of("sourced", run.topics().commands(), CustomerCommand.class))
                .extracting(CustomerCommand::getSource)
                .containsExactly("crm", "vault");
        assertThat(run.of("sourced", run.topics().events(), CustomerEvent.class))
                .extracting(CustomerEvent::getSource)
                .containsExactly("crm", "vault");
        assertThat(run.of("sourced", run.topics().results(), CommandResult.class))
                .extracting(CommandResult::getSource)
                .containsExactly("crm", "vault");
    }

    @Test
    void aTokenIsItsSubjectsAndNoKeysSource() throws Exception {
        Answered answer =
                register(anybody.with("Authorization", "Bearer " + ISSUER.token("bank", "write read")), "by-token");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(lastSource("by-token")).isEqualTo("jwt:bank");
    }

    @Test
    void aKeyThatIsMadeOrRevokedIsFollowedByAGatewayThatRuns() throws Exception {
        KeyCredential made = keys.create(NewKey.of("late", USUAL));
        awaitAdmission(as(made));
        Answered registered = register(as(made), "late");
        Answered called = call(anybody, api(made), payload("late", "DORMANT"));

        keys.revoke(made.keyId());
        await().atMost(PATIENCE).until(() -> as(made).get("/v1/customers/late").status() == 401);

        assertThat(registered.status()).isEqualTo(201);
        assertThat(called.body().at("/result/Status").textValue()).isEqualTo("DORMANT");
        leavingNothing(() -> {
            assertThat(suspend(as(made), "r-2", "late").status()).isEqualTo(401);
            assertRefused("revoked", call(anybody, api(made), payload("late", "ACTIVE")), -32001, "UNAUTHENTICATED");
        });
    }

    @Test
    void aRequestIdIsUniqueWithinItsSourceAlone() throws Exception {
        register(as(bank), "shared");

        Answered ofBank = suspend(as(bank), "r-1", "shared");
        Answered ofCrm = activate(as(crm), "r-1", "shared");
        Answered ofNextKey = suspend(as(nextOfBank), "r-1", "shared");

        assertThat(List.of(ofBank.text("status"), ofCrm.text("status"))).containsOnly("APPLIED");
        assertThat(ofCrm.body().get("replayed").booleanValue()).isFalse();
        assertThat(ofNextKey.body().get("replayed").booleanValue()).isTrue();
        assertThat(ofNextKey.text("commandId")).isEqualTo(ofBank.text("commandId"));
        assertThat(run.of("shared", run.topics().events(), CustomerEvent.class)).hasSize(3);
        String request = "/v1/customers/shared/requests/r-1";
        assertThat(as(bank).get(request).text("commandId")).isEqualTo(ofBank.text("commandId"));
        assertThat(as(crm).get(request).text("commandId")).isEqualTo(ofCrm.text("commandId"));
        assertThat(as(crm).get(request + "?source=bank").text("code")).isEqualTo("FORBIDDEN");
    }

    /** The bodies of the two APIs never ask for quite the same: NetXD leaves the reason to the policy. */
    @Test
    void aRequestIdIsOneOverBothApis() throws Exception {
        register(as(bank), "both");
        String suspended = payload("both", "SUSPENDED");

        Answered called = call(anybody.with("Idempotency-Key", "r-1"), api(bank), suspended);
        Answered again = call(anybody.with("Idempotency-Key", "r-1"), api(bank), suspended);
        Answered reusedOverRest = suspend(as(bank), "r-1", "both");
        Answered activated = activate(as(bank), "r-2", "both");
        Answered reusedOverRpc = call(anybody.with("Idempotency-Key", "r-2"), api(bank), payload("both", "ACTIVE"));
        Answered ofAnother = call(anybody.with("Idempotency-Key", "r-2"), api(crm), payload("both", "DORMANT"));

        assertThat(called.body().at("/result/Status").textValue()).isEqualTo("SUSPENDED");
        assertThat(again.body()).isEqualTo(called.body());
        assertThat(reusedOverRest.text("code")).isEqualTo("REQUEST_ID_REUSED");
        assertThat(activated.text("status")).isEqualTo("APPLIED");
        assertRefused("the same requestId", reusedOverRpc, -32002, "REQUEST_ID_REUSED");
        assertThat(ofAnother.body().at("/result/Status").textValue()).isEqualTo("DORMANT");
        assertThat(run.of("both", run.topics().events(), CustomerEvent.class)).hasSize(4);
        assertThat(as(bank).get("/v1/customers/both/requests/r-1").text("status"))
                .isEqualTo("APPLIED");
    }

    @Test
    void aTraceIsPassedOnToTheCommandTheEventAndTheResult() throws Exception {
        register(as(bank).with("traceparent", TRACE), "traced");
        call(anybody.with("traceparent", TRACE), api(bank), payload("traced", "DORMANT"));

        for (TopicDefinition topic : List.of(
                run.topics().commands(), run.topics().events(), run.topics().results())) {
            assertThat(tracesOf("traced", topic))
                    .as(topic.name())
                    .containsExactly(Optional.of(TRACE), Optional.of(TRACE));
        }
    }

    @Test
    void whatIsNoTraceIsNotPassedOn() throws Exception {
        register(as(bank).with("traceparent", TRACE.toUpperCase(Locale.ROOT)), "untraced");
        register(as(bank).with("traceparent", TRACE).with("traceparent", TRACE), "untraced");
        call(anybody.with("traceparent", TRACE + "-"), api(bank), payload("untraced", "DORMANT"));

        for (TopicDefinition topic : List.of(
                run.topics().commands(), run.topics().events(), run.topics().results())) {
            assertThat(tracesOf("untraced", topic))
                    .as(topic.name())
                    .isNotEmpty()
                    .containsOnly(Optional.empty());
        }
    }

    private static List<Optional<String>> tracesOf(String customerId, TopicDefinition topic) {
        return run.recordsOf(customerId, topic).stream()
                .map(record -> HeaderText.read(record.headers(), HeaderNames.TRACEPARENT))
                .toList();
    }

    @Test
    void noCredentialTokenOrSignatureIsInTheLogOrInAnyRecord() throws Exception {
        String token = ISSUER.token("app", "write read");
        String payload = payload("secretive", "DORMANT");
        String signature = SIGNING.sign(payload);
        String wrongSignature = new KeyPairOnP256().sign(payload);
        KeyCredential wrong = new KeyCredential(bank.keyId(), WRONG);

        register(as(bank), "secretive");
        suspend(anybody.with("Authorization", "Bearer " + token), "r-1", "secretive");
        Answered called = call(anybody, api(vault, signature), payload);
        call(anybody, api(vault, wrongSignature), payload);
        // A notification that fails is logged, for nobody is told.
        anybody.post("/jsonrpc", NetXdCall.notification(api(wrong), payload));
        register(as(wrong), "secretive");
        register(anybody.with("Authorization", "Bearer " + token + "x"), "secretive");
        activate(as(crm), "r-2", "secretive");
        activate(as(crm), "r-2", "secretive");
        suspend(as(crm), "r-2", "secretive");

        assertThat(called.body().has("result")).isTrue();
        List<String> secrets = Stream.concat(
                        Stream.of(bank, crm, vault, reader, writer, revoked, wrong)
                                .flatMap(key ->
                                        Stream.of(key.credential(), key.basic().substring("Basic ".length()))),
                        Stream.of(token, signature, wrongSignature))
                .toList();
        List<String> lines = log();
        List<String> records = run.everything();
        assertThat(lines).anyMatch(line -> line.contains("notification"));
        assertThat(records).anyMatch(record -> record.contains("secretive") && record.contains("vault"));
        for (String secret : secrets) {
            assertThat(lines).noneMatch(line -> line.contains(secret));
            assertThat(records).noneMatch(record -> record.contains(secret));
        }
    }

    private static List<String> log() {
        return new ArrayList<>(LOG.list)
                .stream()
                        .map(event -> event.getFormattedMessage() + " " + event.getMDCPropertyMap()
                                + (event.getThrowableProxy() == null
                                        ? ""
                                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                        .toList();
    }

    private static RestClient as(KeyCredential key) {
        return anybody.with("Authorization", key.basic());
    }

    private static void awaitAdmission(RestClient client) {
        await().atMost(PATIENCE)
                .until(() -> client.get("/v1/customers/the-first").status() != 401);
    }

    private static Answered register(RestClient client, String customerId) throws Exception {
        return client.post(
                "/v1/customers", "{\"requestId\":\"registration\",\"customerId\":\"%s\"}".formatted(customerId));
    }

    private static Answered suspend(RestClient client, String requestId, String customerId) throws Exception {
        return change(client, requestId, customerId, "SUSPENDED", "dfltSuspended");
    }

    private static Answered activate(RestClient client, String requestId, String customerId) throws Exception {
        return change(client, requestId, customerId, "ACTIVE", "dfltActive");
    }

    private static Answered change(RestClient client, String requestId, String customerId, String state, String reason)
            throws Exception {
        return client.post("/v1/customers/state", """
                {"requestId": "%s", "customer": {"refId": "%s"}, "state": {"state": "%s", "stateReason": "%s"}}""".formatted(requestId, customerId, state, reason));
    }

    private static Answered call(RestClient client, String api, String payload) throws Exception {
        return client.post("/jsonrpc", NetXdCall.of("1", api, payload));
    }

    /** Does what is refused, and sees that the log of commands has nothing of it. */
    private static void leavingNothing(Attempt refused) throws Exception {
        long before = run.commands();
        refused.make();
        // The answer to a command that is taken comes when whatever was sent before it has been.
        register(as(bank), "the-first");
        assertThat(run.commands()).isEqualTo(before + 1);
    }

    /** What is tried. */
    private interface Attempt {

        void make() throws Exception;
    }

    private static String lastSource(String customerId) {
        List<CustomerEvent> events = run.of(customerId, run.topics().events(), CustomerEvent.class);
        return events.get(events.size() - 1).getSource();
    }
}
