package dev.standing.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.ProposeChange;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.service.settings.Settings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned outlives processes. */
@OnAnyPlatform
class PlannedChangesIT {

    private static TestPlatform platform;

    @TempDir
    Path directory;

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
        deployment.close();
    }

    @Test
    void aChangeThatFellDueWhileNobodyRanIsAppliedAtTheNextStart() {
        Settings settings = deployment.settings(directory.resolve("one"));
        try (ProcessorService processor = ProcessorService.start(settings)) {
            deployment.send(registration("c-1", "r-1"));
            deployment.send(scheduled("c-1", "r-2", Instant.now().plusSeconds(600)));
            deployment.awaitResults(2);
            deployment.send(scheduled("c-1", "r-3", Instant.now().plusSeconds(6)));
            assertThat(deployment.awaitResults(3))
                    .extracting(CommandResult::getStatus)
                    .containsExactly(ResultStatus.REGISTERED, ResultStatus.SCHEDULED, ResultStatus.SCHEDULED);
            assertThat(processor.obstacles()).isEmpty();
        }

        // Another machine: the stores are restored from their changelogs.
        try (ProcessorService processor = ProcessorService.start(deployment.settings(directory.resolve("two")))) {
            List<CustomerEvent> events = deployment.awaitEvents(4);

            assertThat(events).extracting(CustomerEvent::getSequence).containsExactly(1L, 2L, 3L, 4L);
            assertThat(events.get(3).getType()).isEqualTo(EventType.STATE_CHANGED);
            assertThat(events.get(3).getRequestId()).contains("r-3");
            assertThat(processor.obstacles()).isEmpty();
        }
    }

    @Test
    void aPolicyThatEndsPendingChangesAlsoEndsThoseThatWereProposedBeforeIt() throws IOException {
        Settings settings = deployment.settings(directory.resolve("one"));
        try (ProcessorService processor = ProcessorService.start(settings)) {
            deployment.send(registration("c-1", "r-1"));
            deployment.send(proposal("c-1", "r-2", Instant.parse("2024-04-30T22:00:00Z")));
            assertThat(deployment.awaitEvents(3))
                    .extracting(CustomerEvent::getType)
                    .containsExactly(
                            EventType.CUSTOMER_REGISTERED, EventType.CHANGE_PROPOSED, EventType.PENDING_OVERDUE);
            assertThat(processor.stopped().toCompletableFuture()).isNotDone();
        }

        Settings confirming =
                settings.with(Map.of("processor.policy", confirmingPolicy().toString()));
        try (ProcessorService processor = ProcessorService.start(confirming)) {
            assertThat(deployment.awaitEvents(5))
                    .extracting(CustomerEvent::getType)
                    .endsWith(EventType.CHANGE_CONFIRMED, EventType.STATE_CHANGED);
            assertThat(processor.stopped().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void registrationsThatClaimOneExternalIdAtTheSameTimeLeaveOneCustomer() {
        try (ProcessorService processor = ProcessorService.start(deployment.settings(directory))) {
            for (int i = 0; i < 20; i++) {
                deployment.send(CustomerCommand.newBuilder(registration("c-" + i, "r-1"))
                        .setRegisterCustomer(RegisterCustomer.newBuilder()
                                .setExternalId("wanted")
                                .build())
                        .build());
            }

            List<CommandResult> results = deployment.awaitResults(20);

            assertThat(results).hasSize(20);
            assertThat(results)
                    .filteredOn(result -> result.getStatus() == ResultStatus.REGISTERED)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(result -> result.getCode().equals(Optional.of(RejectionCode.EXTERNAL_ID_TAKEN)))
                    .hasSize(19);
            assertThat(deployment.events()).hasSize(1);
            await().atMost(Deployment.PATIENCE)
                    .until(() -> deployment
                                    .read(deployment.topics.externalIds().name())
                                    .size()
                            == 1);
            assertThat(processor.obstacles()).isEmpty();
        }
    }

    private Path confirmingPolicy() throws IOException {
        try (InputStream packaged = PolicyFile.class.getResourceAsStream("default-policy.yaml")) {
            String policy = new String(packaged.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("version: default-1", "version: confirming-1")
                    .replace("{enabled: false,", "{enabled: true,");
            return Files.writeString(directory.resolve("policy.yaml"), policy);
        }
    }

    private static CustomerCommand registration(String customerId, String requestId) {
        return command(customerId, requestId)
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    private static CustomerCommand scheduled(String customerId, String requestId, Instant validFrom) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(CustomerState.SUSPENDED)
                        .setStateReason("nonPayment")
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    private static CustomerCommand proposal(String customerId, String requestId, Instant validFrom) {
        return command(customerId, requestId)
                .setType(CommandType.PROPOSE_CHANGE)
                .setProposeChange(ProposeChange.newBuilder()
                        .setState(CustomerState.SUSPENDED)
                        .setStateReason("nonPayment")
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    private static CustomerCommand.Builder command(String customerId, String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId(customerId + "-" + requestId)
                .setCustomerId(customerId)
                .setRequestId(requestId)
                .setSource("test");
    }
}
