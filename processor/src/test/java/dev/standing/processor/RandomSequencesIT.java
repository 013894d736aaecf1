package dev.standing.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.event.Event;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.mapping.CommandMapping;
import dev.standing.processor.testing.DomainModel;
import dev.standing.processor.testing.RecordedLog;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A random sequence of commands gives, on a real broker, the events that the domain alone gives. When punctuation runs
 * is left to chance, and so is when what is due was recorded.
 */
@OnAnyPlatform
class RandomSequencesIT {

    private static final int LENGTH = 100;
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> CUSTOMERS = List.of("c-1", "c-2", "c-3");

    private static TestPlatform platform;

    @TempDir
    Path directory;

    @BeforeAll
    static void startPlatform() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void theProcessorGivesTheSameEventsAsTheDomain(long seed, boolean confirmsByItself) throws IOException {
        Path policy = policy(confirmsByItself);
        DomainModel model = new DomainModel(PolicyFile.read(policy));
        AtomicReference<Instant> clock = new AtomicReference<>(START);
        List<String> expected = new ArrayList<>();
        try (Deployment deployment = Deployment.on(platform);
                ProcessorService processor = ProcessorService.start(
                        deployment
                                .settings(directory.resolve("state"))
                                .with(Map.of("processor.policy", policy.toString())),
                        clock::get);
                Deployment.ResultCount results = deployment.resultCount()) {
            for (Step step : new CommandSequences(CUSTOMERS, START, false)
                    .withSubordinates()
                    .steps(seed, LENGTH)) {
                clock.updateAndGet(now -> now.plus(step.advance()));
                decide(withoutCascade(step.command()), deployment, model, clock.get(), expected);
                // The clock stands still until the command is decided.
                results.await(expected.size());
            }
            // What was due by now is settled before these are turned down.
            for (String customer : CUSTOMERS) {
                decide(refused(customer), deployment, model, clock.get(), expected);
            }
            results.await(expected.size());

            assertThat(processor.stopped().toCompletableFuture()).isNotDone();
            assertThat(deployment.results())
                    .extracting(CommandResult::getStatus)
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertSameEvents(deployment, model);
            deployment.assertAuditHolds(PolicyFile.read(policy));
        }
    }

    /** When the end of a cascade comes, too, is left to chance; what comes after it would have other sequences. */
    private static Command withoutCascade(Command command) {
        return new Command(
                command.customerId(),
                command.origin(),
                command.expectedVersion(),
                command.customerExternalId(),
                withoutCascade(command.instruction()));
    }

    private static Instruction withoutCascade(Instruction instruction) {
        if (instruction instanceof ChangeState change) {
            return new ChangeState(change.state(), change.reason(), change.validFrom(), false, change.notes());
        }
        if (instruction instanceof ProposeChange proposal) {
            return new ProposeChange(
                    proposal.state(), proposal.reason(), proposal.validFrom(), false, proposal.notes());
        }
        if (instruction instanceof ConfirmChange confirmation) {
            return new ConfirmChange(
                    confirmation.state(),
                    confirmation.reason(),
                    confirmation.validFrom(),
                    confirmation.subordinateUpdated().map(unused -> false),
                    confirmation.notes());
        }
        return instruction;
    }

    private static void decide(
            Command command, Deployment deployment, DomainModel model, Instant clock, List<String> expected) {
        deployment.send(CommandMapping.toAvro(command));
        expected.add(model.decide(command, clock).name());
    }

    private static void assertSameEvents(Deployment deployment, DomainModel model) {
        RecordedLog log = new RecordedLog();
        deployment.read(deployment.topics.events().name()).forEach(record -> log.add(record.key(), record.value()));
        assertThat(untimed(log.events())).isEqualTo(untimed(model.events()));
        Map<String, Customer> latest = new HashMap<>();
        deployment.customers().forEach(customer -> latest.put(customer.getCustomerId(), customer));
        assertThat(latest).hasSameSizeAs(model.customers());
        latest.forEach((customerId, customer) ->
                assertThat(customer.getLastEventHash()).isEqualTo(log.heads().get(customerId)));
    }

    private static Map<String, List<Event>> untimed(Map<String, List<Event>> events) {
        Map<String, List<Event>> untimed = new HashMap<>();
        events.forEach((customer, all) -> untimed.put(
                customer,
                all.stream()
                        .map(event -> new Event(
                                event.customerId(),
                                event.sequence(),
                                Instant.EPOCH,
                                event.origin(),
                                event.policyVersion(),
                                event.fact()))
                        .toList()));
        return untimed;
    }

    private static Command refused(String customerId) {
        return new Command(
                customerId,
                new Origin("last-" + customerId, Optional.empty(), "test"),
                OptionalLong.empty(),
                Optional.empty(),
                new ChangeState(
                        CustomerState.ACTIVE,
                        new ReasonChoice.Named("no such reason"),
                        Optional.empty(),
                        false,
                        Optional.empty()));
    }

    private Path policy(boolean confirmsByItself) throws IOException {
        try (InputStream packaged = PolicyFile.class.getResourceAsStream("default-policy.yaml")) {
            String policy = new String(packaged.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(policy).contains("{enabled: false, action: CONFIRM, after: PT0S}");
            return Files.writeString(
                    directory.resolve("policy.yaml"),
                    policy.replace("{enabled: false,", "{enabled: " + confirmsByItself + ","));
        }
    }
}
