package dev.standing.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.RegisterCustomer;
import dev.standing.processor.store.RequestStore;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of which no request is remembered, because there was none, or it is too long ago (decision 7). */
@OnAnyPlatform
class EmptyPartitionsIT {

    /** Some in every partition. */
    private static final int CUSTOMERS = 24;

    private static TestPlatform platform;

    @TempDir
    private Path directory;

    private final List<ProcessorService> running = new ArrayList<>();
    private Deployment deployment;

    @BeforeAll
    static void startPlatform() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @BeforeEach
    void deploy() {
        deployment = Deployment.on(platform);
    }

    @AfterEach
    void undeploy() {
        running.forEach(ProcessorService::close);
        deployment.close();
    }

    /** Found corrupted, they were wiped, and the group assigned its tasks anew, which moved them, and so on for minutes. */
    @Test
    void theirStoresAreKeptWhenAStandbyTakesOver() throws Exception {
        ProcessorService stopped = start("stopped");
        awaitReady(stopped);
        ProcessorService standby = start("standby");
        awaitReady(standby);
        awaitStores("standby");
        List<Path> marks = mark("standby");

        stop(stopped);
        registerAll();
        deployment.awaitResults(CUSTOMERS);

        assertThat(marks).hasSize(deployment.topics.partitions()).allMatch(Files::exists);
    }

    @Test
    void theirStoresAreKeptWhenTheProcessorStartsAgain() throws Exception {
        ProcessorService first = start("first");
        // The one in the partition of this customer had a request, the others never.
        deployment.send(registration("c-1"));
        deployment.awaitResults(1);
        stop(first);
        deployment.expireChangelog(RequestStore.name());
        ProcessorService restored = start("second");
        awaitReady(restored);
        stop(restored);
        List<Path> marks = mark("second");

        awaitReady(start("second"));
        registerAll();
        deployment.awaitResults(1 + CUSTOMERS);

        assertThat(marks).hasSize(deployment.topics.partitions()).allMatch(Files::exists);
    }

    private void registerAll() {
        for (int i = 0; i < CUSTOMERS; i++) {
            deployment.send(registration("c-" + i));
        }
    }

    /** Every partition has its stores there, be they active or a standby's. */
    private void awaitStores(String name) {
        await().atMost(Deployment.PATIENCE)
                .until(() -> taskDirectories(name).stream()
                        .map(task -> task.resolve(RequestStore.name()))
                        .allMatch(Files::isDirectory));
    }

    /** Leaves something in the directories of the tasks that is gone when they are wiped. */
    private List<Path> mark(String name) throws IOException {
        List<Path> marks =
                taskDirectories(name).stream().map(task -> task.resolve("mark")).toList();
        for (Path mark : marks) {
            Files.createFile(mark);
        }
        return marks;
    }

    private List<Path> taskDirectories(String name) {
        return IntStream.range(0, deployment.topics.partitions())
                .mapToObj(partition -> deployment.stores(directory.resolve(name), partition))
                .toList();
    }

    private static void awaitReady(ProcessorService processor) {
        await().atMost(Deployment.PATIENCE).until(() -> processor.obstacles().isEmpty());
    }

    private ProcessorService start(String name) {
        ProcessorService processor = ProcessorService.start(deployment
                .settings(directory.resolve(name))
                .with(Map.of(
                        "processor.streams.num.standby.replicas", "1",
                        // Members learn of a rebalance with it.
                        "processor.streams.heartbeat.interval.ms", "200")));
        running.add(processor);
        return processor;
    }

    private void stop(ProcessorService processor) {
        running.remove(processor);
        processor.close();
    }

    private static CustomerCommand registration(String customerId) {
        return CustomerCommand.newBuilder()
                .setCommandId("cmd-" + customerId)
                .setCustomerId(customerId)
                .setRequestId("r-1")
                .setSource("test")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }
}
