package dev.standing.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.local.imports.input.FileFormat;
import dev.standing.local.imports.input.UnusableFileException;
import dev.standing.local.imports.send.Gateway;
import dev.standing.local.imports.send.HttpGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CSV_HEADER = "customerId,subordinateType,subordinateId,parentType,parentId\n";

    @TempDir
    private Path directory;

    private StandInGateway gateway;
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<Refusal> refusals = Collections.synchronizedList(new ArrayList<>());
    private boolean restart;
    private boolean dryRun;
    private int parallel = 8;
    private Duration patience = Duration.ofMinutes(5);
    private Optional<String> again = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        gateway = new StandInGateway();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aCustomerIsRegisteredBeforeItsSubordinatesAndListsOneAfterAnother() throws Exception {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            file.append("{\"customerId\":\"c-").append(i).append("\",\"subordinates\":[");
            for (int j = 0; j < 1_100; j++) {
                file.append(j == 0 ? "" : ",")
                        .append("{\"type\":\"ACCOUNT\",\"id\":\"")
                        .append(j)
                        .append("\"}");
            }
            file.append("]}\n");
        }
        ImportResult result = run(json(file.toString()));

        assertThat(result.now()).isEqualTo(new Counts(50, 55_000, 0, 0));
        List<String> ofOne = gateway.effects().stream()
                .filter(effect -> effect.equals("c-7") || effect.startsWith("c-7/"))
                .toList();
        List<String> expected = new ArrayList<>(List.of("c-7"));
        for (int j = 0; j < 1_100; j++) {
            expected.add("c-7/" + j);
        }
        assertThat(ofOne).isEqualTo(expected);
    }

    @Test
    void linesOfOneCustomerAreDoneInTheirOrderThoughOthersComeBetween() throws Exception {
        StringBuilder file = new StringBuilder(CSV_HEADER);
        for (int i = 0; i < 30; i++) {
            file.append("c-").append(i).append(",,,,\n");
        }
        for (int j = 0; j < 5; j++) {
            for (int i = 0; i < 30; i++) {
                file.append("c-").append(i).append(",ACCOUNT,a-").append(j).append(",,\n");
            }
        }
        run(csv(file.toString()));

        for (int i = 0; i < 30; i++) {
            String customer = "c-" + i;
            assertThat(gateway.effects().stream()
                            .filter(effect -> effect.equals(customer) || effect.startsWith(customer + "/")))
                    .containsExactly(
                            customer,
                            customer + "/a-0",
                            customer + "/a-1",
                            customer + "/a-2",
                            customer + "/a-3",
                            customer + "/a-4");
        }
        assertThat(gateway.mostUnderWay()).isLessThanOrEqualTo(parallel);
    }

    @Test
    void aSecondRunOverTheWholeFileReplays() throws Exception {
        Path file = json(customers(20));
        run(file);
        restart = true;
        ImportResult second = run(file);

        assertThat(second.now()).isEqualTo(new Counts(0, 0, 40, 0));
        assertThat(gateway.effects()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aFinishedImportHasNothingLeftToDo() throws Exception {
        Path file = json(customers(20) + "no\n");
        run(file);
        ImportResult second = run(file);

        assertThat(second.linesNow()).isZero();
        assertThat(second.all()).isEqualTo(new Counts(20, 20, 0, 1));
        assertThat(notes).anyMatch(note -> note.contains("Going on behind line 21"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 30, 41})
    void stoppedAfterAnyRequestItGoesOnAndEverythingIsInOnce(int requests) throws Exception {
        String lines = customers(10) + "no\n" + customer(10) + "{\"customerId\":\"c-0\",\"attributes\":{}}\n"
                + customers(11, 20);
        Path file = json(lines);
        AtomicInteger sent = new AtomicInteger();
        AtomicReference<Import> running = new AtomicReference<>();
        Gateway real = new HttpGateway(gateway.url(), Optional.empty());
        Gateway stopping = (request, requestId) -> {
            if (sent.incrementAndGet() == requests) {
                Thread stop = new Thread(() -> stop(running.get()));
                stop.setDaemon(true);
                stop.start();
            }
            return real.send(request, requestId);
        };
        ImportResult first = run(file, stopping, running);
        ImportResult second = run(file);

        assertThat(first.end()).isNotEqualTo(ImportResult.End.ABANDONED);
        assertThat(second.end()).isEqualTo(ImportResult.End.COMPLETE);
        assertThat(second.lines()).isEqualTo(22);
        assertThat(second.all().customers()
                        + second.all().subordinates()
                        + second.all().replayed())
                .isEqualTo(40);
        assertThat(gateway.effects()).hasSize(40).doesNotHaveDuplicates();
        assertThat(refusedLines(file))
                .extracting(line -> line.get("line").asInt())
                .containsExactly(11, 13);
    }

    @Test
    void whatWasWrittenButNotRememberedIsNotRefusedTwice() throws Exception {
        Path file = json(customers(3) + "no\n");
        run(file);
        Path refused = Path.of(file + ".refused.jsonl");
        String before = Files.readString(refused);
        Files.writeString(refused, before + before);
        run(file);

        assertThat(refused).hasContent(before);
    }

    @Test
    void anUnansweredRequestIsSentAgainAndHasItsEffectOnce() throws Exception {
        gateway.troubleEach(429, 503, -202, -503, 500, -504, 0);
        ImportResult result = run(json(customers(20)));

        assertThat(result.end()).isEqualTo(ImportResult.End.COMPLETE);
        assertThat(gateway.effects()).hasSize(40).doesNotHaveDuplicates();
        for (int i = 0; i < 20; i++) {
            assertThat(gateway.effects()).containsSubsequence("c-" + i, "c-" + i + "/a-" + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"broken, INTERNAL_ERROR", "cut, UNAVAILABLE"})
    void aLineAtWhichTheGatewayBreaksIsRefusedAndTheOthersAreIn(String customerId, String code) throws Exception {
        Path file = json(customers(0, 5) + "{\"customerId\":\"" + customerId + "\"}\n" + customers(5, 500));
        ImportResult result = run(file);

        assertThat(result.end()).isEqualTo(ImportResult.End.COMPLETE);
        assertThat(result.now()).isEqualTo(new Counts(500, 500, 0, 1));
        assertThat(refusedLines(file))
                .extracting(line ->
                        line.get("line").asInt() + " " + line.get("code").textValue())
                .containsExactly("6 " + code);
    }

    @Test
    void aPageThatIsNotAGatewaysIsNoSuccess() throws Exception {
        gateway.trouble(attempt -> -200);
        ImportResult result = run(json(customers(2)));

        assertThat(result.end()).isEqualTo(ImportResult.End.ABANDONED);
        assertThat(result.all()).isEqualTo(Counts.NONE);
    }

    @Test
    void asLongAsOneImportWritesRefusalsNoOtherDoes() throws Exception {
        Path file = json(customers(2));
        try (RefusedFile writing = RefusedFile.open(Path.of(file + ".refused.jsonl"))) {
            assertThatThrownBy(() -> run(file))
                    .isInstanceOf(UnusableFileException.class)
                    .hasMessageContaining("Another import");
            assertThat(writing.bytes()).isZero();
        }
        assertThat(run(file).now().customers()).isEqualTo(2);
    }

    @Test
    void withoutAnyAnswerItStopsWithItsProgressKept() throws Exception {
        Path file = json(customers(20));
        parallel = 1;
        patience = Duration.ZERO;
        gateway.trouble(attempt -> attempt > 10 ? 503 : 0);
        ImportResult first = run(file);
        gateway.trouble(attempt -> 0);
        ImportResult second = run(file);

        assertThat(first.end()).isEqualTo(ImportResult.End.ABANDONED);
        assertThat(first.failure()).hasValueSatisfying(why -> assertThat(why).contains("503"));
        assertThat(first.lines()).isEqualTo(5);
        assertThat(second.now()).isEqualTo(new Counts(15, 15, 0, 0));
    }

    @Test
    void whereNoGatewayAnswersItDoesNotRefuseLines() throws Exception {
        gateway.trouble(attempt -> 401);
        ImportResult result = run(json(customers(2)));

        assertThat(result.end()).isEqualTo(ImportResult.End.ABANDONED);
        assertThat(result.all()).isEqualTo(Counts.NONE);
    }

    @Test
    void aRefusedLineIsWrittenWithItsReason() throws Exception {
        Path file = json(
                "{\"customerId\":\"c-1\"}\n{\"customerId\":\"c-2\",\"subordinates\":[{\"id\":\"bad\"}]}\n{\"customerId\":\"c-1\",\"attributes\":{}}\n");
        ImportResult result = run(file);

        assertThat(result.now()).isEqualTo(new Counts(2, 0, 0, 2));
        assertThat(refusedLines(file))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"line\":2,\"customerId\":\"c-2\",\"code\":\"INVALID_HIERARCHY\",\"field\":\"subordinates\","
                                + "\"message\":\"because of subordinates\","
                                + "\"input\":\"{\\\"customerId\\\":\\\"c-2\\\",\\\"subordinates\\\":[{\\\"id\\\":\\\"bad\\\"}]}\"}",
                        "{\"line\":3,\"customerId\":\"c-1\",\"code\":\"ALREADY_REGISTERED\",\"field\":\"customerId\","
                                + "\"message\":\"because of customerId\","
                                + "\"input\":\"{\\\"customerId\\\":\\\"c-1\\\",\\\"attributes\\\":{}}\"}");
        assertThat(refusals).hasSize(2);
    }

    @Test
    void ofNeighbouringLinesOnlyTheBadOnesAreRefused() throws Exception {
        Path file = csv(CSV_HEADER + "c,,,,\nc,ACCOUNT,a-1,,\nc,ACCOUNT,bad,,\nc,ACCOUNT,a-2,,\n");
        ImportResult result = run(file);

        assertThat(gateway.effects()).containsExactly("c", "c/a-1", "c/a-2");
        assertThat(result.now()).isEqualTo(new Counts(1, 2, 0, 1));
        assertThat(refusedLines(file))
                .extracting(line -> line.get("line").asInt())
                .containsExactly(4);
    }

    @Test
    void aCorrectedLineIsANewRequestAndTheRestIsReplayed() throws Exception {
        Path file = json(customer(1) + "{\"customerId\":\"c-2\",\"subordinates\":[{\"id\":\"bad\"}]}\n");
        run(file);
        Files.writeString(file, customer(1) + "{\"customerId\":\"c-2\",\"subordinates\":[{\"id\":\"good\"}]}\n");
        assertThatThrownBy(() -> run(file))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("--restart");
        restart = true;
        ImportResult second = run(file);

        assertThat(second.now()).isEqualTo(new Counts(0, 1, 3, 0));
        assertThat(gateway.effects()).containsExactlyInAnyOrder("c-1", "c-1/a-1", "c-2", "c-2/good");
        assertThat(refusedLines(file)).isEmpty();
    }

    @Test
    void whatWasRefusedIsDecidedAnewOnlyWhenThatIsAskedFor() throws Exception {
        Path orphans = csv(CSV_HEADER + "c-1,ACCOUNT,a-1,,\n");
        run(orphans);
        run(json("{\"customerId\":\"c-1\"}\n"));
        restart = true;
        assertThat(run(orphans).now().refused()).isEqualTo(1);
        again = Optional.of("second");
        assertThat(run(orphans).now()).isEqualTo(new Counts(0, 1, 0, 0));
        assertThat(run(orphans).now()).isEqualTo(new Counts(0, 0, 1, 0));
    }

    @Test
    void aDryRunSendsNothingAndWritesNothing() throws Exception {
        dryRun = true;
        Path file = json(customers(3) + "no\n");
        ImportResult result = run(file);

        assertThat(result.now()).isEqualTo(new Counts(3, 3, 0, 1));
        assertThat(gateway.effects()).isEmpty();
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void progressOfAnotherGatewayIsRefused() throws Exception {
        Path file = json(customers(3));
        run(file);
        gateway.close();
        gateway = new StandInGateway();
        assertThatThrownBy(() -> run(file))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("import to");
    }

    private ImportResult run(Path file) throws Exception {
        return run(file, new HttpGateway(gateway.url(), Optional.empty()), new AtomicReference<>());
    }

    private ImportResult run(Path file, Gateway to, AtomicReference<Import> running) throws Exception {
        ImportOptions options = new ImportOptions(
                file,
                FileFormat.ofName(file.toString()).orElseThrow(),
                gateway.url(),
                parallel,
                Path.of(file + ".progress"),
                Path.of(file + ".refused.jsonl"),
                restart,
                dryRun,
                patience,
                again);
        Import one = new Import(options, to, InstantSource.system(), Optional.of(duration -> {}), display());
        running.set(one);
        return one.run();
    }

    private static void stop(Import running) {
        try {
            running.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Display display() {
        return new SilentDisplay() {
            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal);
            }

            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
    }

    private Path json(String lines) throws Exception {
        return Files.writeString(directory.resolve("customers.jsonl"), lines);
    }

    private Path csv(String lines) throws Exception {
        return Files.writeString(directory.resolve("customers.csv"), lines);
    }

    private static String customers(int count) {
        return customers(0, count);
    }

    private static String customers(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(customer(i));
        }
        return lines.toString();
    }

    private static String customer(int i) {
        return "{\"customerId\":\"c-" + i + "\",\"subordinates\":[{\"type\":\"ACCOUNT\",\"id\":\"a-" + i + "\"}]}\n";
    }

    private static List<JsonNode> refusedLines(Path file) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file + ".refused.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
