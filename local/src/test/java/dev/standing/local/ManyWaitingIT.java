package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerEvent;
import dev.standing.local.RestClient.Answered;
import dev.standing.local.WaitingCrowd.Told;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand requests wait at one gateway with little memory, and there is no processor. */
class ManyWaitingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern WAITING = Pattern.compile("(?m)^standing_waiting (\\S+)$");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOST = 10_000;
    private static final int BEYOND = 500;

    /** When both end at once, connections could be closed just when their answers were there. */
    private static final String FOUR_TIMES_THE_IDLE_TIMEOUT = "PT48S";

    private static final int AT_ONCE = 500;

    /** Each so manieth is asked for its result. */
    private static final int SAMPLE = 500;

    /** Files that the broker, the registry and the class path keep open beside the connections of clients. */
    private static final int OTHER_FILES = 2_000;

    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    private CrashSite site;

    @BeforeEach
    void start() {
        site = CrashSite.in(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void allAreAcceptedOrTurnedAwayAndWhatWasAcceptedIsAppliedOnceWhenAProcessorComes() throws Exception {
        int most = asManyAsThereMayBeConnections();
        int port = LoopbackPort.free();
        try (LocalProcess gateway = site.gateway(
                        SMALL,
                        "gateway.max.waiting=" + most,
                        "gateway.reply.timeout=" + FOUR_TIMES_THE_IDLE_TIMEOUT,
                        "gateway.processors=http://127.0.0.1:" + port);
                WaitingCrowd crowd = new WaitingCrowd(gateway.awaitUrl())) {
            RestClient rest = new RestClient(gateway.awaitUrl());
            fill(crowd, gateway, most);
            for (int come = AT_ONCE; come <= BEYOND; come += AT_ONCE) {
                int beyond = come;
                crowd.come(AT_ONCE);
                awaiting().until(() -> crowd.answered() >= beyond);
            }
            assertThat(waiting(gateway))
                    .as("who wait while those beyond are turned away")
                    .isEqualTo(most);
            assertThat(rest.get("/health/ready").status()).isEqualTo(200);
            System.out.println("Heap with all of them: " + heap(gateway));

            List<Told> told = crowd.everyAnswer();

            assertAcceptedOrTurnedAway(told, most);
            assertThat(gateway.isAlive()).as(gateway.output()).isTrue();
            awaiting().until(() -> waiting(gateway) == 0);
            System.out.println("Heap without them: " + heap(gateway));
            try (LocalProcess processor = site.processor(port)) {
                assertAppliedOnce(told.subList(0, most));
                for (int asked = 0; asked < most; asked += SAMPLE) {
                    assertFound(rest, told.get(asked));
                }
                assertThat(processor.isAlive()).as(processor.output()).isTrue();
            }
        }
    }

    /** Both ends of a connection are on this machine, but in two processes, each of which may have so many files. */
    private static int asManyAsThereMayBeConnections() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
        int most = (int) Math.min(MOST, files - OTHER_FILES - BEYOND);
        assertThat(most)
                .as("requests that may wait where a process has %d files at most (ulimit -n)", files)
                .isGreaterThan(BEYOND);
        if (most < MOST) {
            System.out.printf("ONLY %d INSTEAD OF %d WAIT: a process has %d files at most%n", most, MOST, files);
        }
        return most;
    }

    /** In groups smaller than the room of a listener for those that it has not accepted yet: the kernel drops more. */
    private static void fill(WaitingCrowd crowd, LocalProcess gateway, int most) {
        long start = System.nanoTime();
        for (int come = 0; come < most; come += AT_ONCE) {
            int group = Math.min(AT_ONCE, most - come);
            int all = come + group;
            crowd.come(group);
            awaiting()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        assertThat(crowd.soFar())
                                .as("answered before all are there")
                                .isEmpty();
                        return waiting(gateway) == all;
                    });
        }
        System.out.printf("%d wait after %.1f s%n", most, (System.nanoTime() - start) / 1e9);
    }

    private static int waiting(LocalProcess gateway) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create(gateway.awaitUrl() + "/metrics"))
                .timeout(PATIENCE)
                .build();
        Matcher waiting =
                WAITING.matcher(HTTP.send(metrics, BodyHandlers.ofString()).body());
        assertThat(waiting.find()).isTrue();
        return (int) Double.parseDouble(waiting.group(1));
    }

    private static void assertAcceptedOrTurnedAway(List<Told> told, int most) {
        assertThat(told.subList(0, most)).allSatisfy(each -> {
            assertThat(each.status()).isEqualTo(202);
            assertThat(each.location()).isPresent();
        });
        assertThat(told.subList(most, told.size())).hasSize(BEYOND).allSatisfy(each -> {
            assertThat(each.status()).isEqualTo(503);
            assertThat(each.retryAfter()).hasValue("1");
            assertThat(each.body().path("detail").textValue()).contains("Nothing was recorded");
        });
    }

    private void assertAppliedOnce(List<Told> accepted) {
        long start = System.nanoTime();
        List<String> expected = accepted.stream().map(Told::requestId).toList();
        awaiting()
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> site.read(site.topics().results()).size() >= expected.size());
        System.out.printf("All decided %.1f s after the processor's start%n", (System.nanoTime() - start) / 1e9);
        assertThat(site.values(site.topics().results(), CommandResult.class))
                .extracting(result -> result.getRequestId().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(site.values(site.topics().events(), CustomerEvent.class))
                .extracting(event -> event.getRequestId().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(site.read(site.topics().deadLetters())).isEmpty();
    }

    private static void assertFound(RestClient rest, Told accepted) {
        Answered found = awaiting()
                .until(() -> rest.get(accepted.location().orElseThrow()), answered -> answered.status() != 503);
        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.text("status")).isEqualTo("REGISTERED");
        assertThat(found.body().get("commandId")).isEqualTo(accepted.body().get("commandId"));
    }

    /** What a full collection leaves, and the most that there may be. For people. */
    private static String heap(LocalProcess gateway) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> lines = new ArrayList<>();
        for (String command : List.of("GC.run", "GC.heap_info")) {
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(gateway.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            lines.add(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return lines.get(1);
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).dontCatchUncaughtExceptions();
    }
}
