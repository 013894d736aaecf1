package dev.standing.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.ChangeCause;
import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventMapping;
import dev.standing.serde.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly once is a promise: a processor that is killed in the midst of its work, again and again, keeps it. */
class ProcessorCrashIT {

    private static final int CUSTOMERS = 50;
    private static final int CHANGES_PER_RUN = 60;
    private static final int RUNS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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
    void everyCommandAndWhateverIsDueIsAppliedExactlyOnceThoughTheProcessorIsKilledUnderWay() throws Exception {
        int sent = 0;
        for (int customer = 0; customer < CUSTOMERS; customer++, sent += 2) {
            site.send(registration("c-" + customer, "x-" + customer));
            site.send(registration("rival-" + customer, "x-" + customer));
        }
        try (LocalProcess processor = site.processor()) {
            await().atMost(PATIENCE).until(() -> results().size() > CUSTOMERS / 2);
            processor.kill();
        }
        awaitDecided(sent);
        // Which of two rivals wins is decided by chance.
        List<String> winners = results().stream()
                .filter(result -> result.getStatus() == ResultStatus.REGISTERED)
                .map(CommandResult::getCustomerId)
                .toList();
        assertThat(winners).hasSize(CUSTOMERS);
        for (int run = 0; run < RUNS; run++) {
            for (int change = 0; change < CHANGES_PER_RUN; change++) {
                for (String customer : winners) {
                    site.send(change(customer, run * CHANGES_PER_RUN + change));
                }
            }
            sent += CUSTOMERS * CHANGES_PER_RUN;
            decideAndKill(sent);
            decideAndKillWhileChangesFallDue(winners, sent, run);
            sent += CUSTOMERS;
        }
        site.flush();
        awaitDecided(sent);

        List<CommandResult> results = results();
        assertThat(results).hasSize(sent).noneMatch(CommandResult::getReplayed);
        assertThat(results.stream().map(CommandResult::getCommandId).distinct()).hasSize(sent);
        assertThat(results)
                .extracting(CommandResult::getStatus)
                .containsOnly(
                        ResultStatus.REGISTERED, ResultStatus.APPLIED, ResultStatus.SCHEDULED, ResultStatus.REJECTED);
        assertThat(results)
                .filteredOn(result -> result.getStatus() == ResultStatus.REJECTED)
                .hasSize(CUSTOMERS)
                .allMatch(result -> result.getCode().equals(Optional.of(RejectionCode.EXTERNAL_ID_TAKEN)));
        assertThat(site.read(site.topics().deadLetters())).isEmpty();
        assertThat(site.read(site.topics().externalIds())).hasSize(CUSTOMERS);
        assertLogIsSound(results);
    }

    /** A processor has begun with what is there, and is far from its end, when it is killed. */
    private void decideAndKill(int sent) throws Exception {
        int decidedBefore = results().size();
        try (LocalProcess processor = site.processor()) {
            await().atMost(PATIENCE).until(() -> results().size() > decidedBefore + CUSTOMERS);
            processor.kill();
        }
        assertThat(results().size()).as("decided when it was killed").isLessThan(sent);
    }

    /** A processor has decided all that was sent, and applies the first of what was scheduled, when it is killed. */
    private void decideAndKillWhileChangesFallDue(List<String> customers, int sent, int run) throws Exception {
        long dueBefore = due();
        try (LocalProcess processor = site.processor()) {
            await().atMost(PATIENCE).until(() -> results().size() >= sent);
            Instant due = Instant.now().plusSeconds(5);
            for (String customer : customers) {
                due = due.plusMillis(100);
                site.send(scheduled(customer, run, due));
            }
            site.flush();
            await().atMost(PATIENCE).until(() -> due() > dueBefore);
            processor.kill();
        }
        assertThat(due()).as("fallen due when it was killed").isLessThan(dueBefore + CUSTOMERS);
    }

    /** How many changes have fallen due. */
    private long due() {
        return site.values(site.topics().events(), CustomerEvent.class).stream()
                .filter(event -> event.getStateChanged()
                        .filter(changed -> changed.getCause() == ChangeCause.DUE)
                        .isPresent())
                .count();
    }

    /** Lets a processor decide all that was sent, and settle all that is planned. */
    private void awaitDecided(int sent) throws Exception {
        try (LocalProcess processor = site.processor()) {
            await().atMost(PATIENCE).until(() -> results().size() >= sent);
            await().atMost(PATIENCE)
                    .until(() -> latest().values().stream()
                            .allMatch(customer -> customer.getPlannedChanges().isEmpty()));
            processor.interrupt();
            assertThat(processor.awaitExit()).as(processor.output()).isZero();
        }
    }

    private Map<String, Customer> latest() {
        Map<String, Customer> latest = new HashMap<>();
        site.values(site.topics().customers(), Customer.class)
                .forEach(customer -> latest.put(customer.getCustomerId(), customer));
        return latest;
    }

    /** No gap, an unbroken chain over the bytes, and a fold that gives the latest state that is published. */
    private void assertLogIsSound(List<CommandResult> results) {
        Map<String, Customer> latest = latest();
        Map<String, Integer> expected = new HashMap<>();
        results.forEach(result -> expected.merge(result.getCustomerId(), eventsOf(result.getStatus()), Integer::sum));
        expected.values().removeIf(events -> events == 0);
        Map<String, List<ConsumerRecord<byte[], byte[]>>> logs = site
                .read(site.topics().events())
                .stream()
                .collect(Collectors.groupingBy(event -> new String(event.key(), UTF_8)));
        assertThat(logs).hasSize(CUSTOMERS).hasSameSizeAs(latest).hasSameSizeAs(expected);
        logs.forEach((customerId, log) -> {
            List<CustomerEvent> events = site.values(log, CustomerEvent.class);
            assertThat(events).hasSize(expected.get(customerId));
            Optional<Sha256> previous = Optional.empty();
            Optional<dev.standing.domain.customer.Customer> folded = Optional.empty();
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).getPreviousHash()).isEqualTo(previous);
                byte[] value = log.get(i).value();
                previous =
                        Optional.of(EventChain.hash(Arrays.copyOfRange(value, WireFormat.PREFIX_LENGTH, value.length)));
                folded = Optional.of(CustomerEvolution.evolve(folded, EventMapping.toDomain(events.get(i))));
            }
            assertThat(previous).contains(latest.get(customerId).getLastEventHash());
            assertThat(folded).contains(CustomerMapping.toDomain(latest.get(customerId)));
        });
    }

    /** What was scheduled has an event when it is accepted, and one when it is due. */
    private static int eventsOf(ResultStatus status) {
        return switch (status) {
            case REGISTERED, APPLIED -> 1;
            case SCHEDULED -> 2;
            default -> 0;
        };
    }

    private List<CommandResult> results() {
        return site.values(site.topics().results(), CommandResult.class);
    }

    private static CustomerCommand registration(String customerId, String externalId) {
        return command(customerId, "registration")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(
                        RegisterCustomer.newBuilder().setExternalId(externalId).build())
                .build();
    }

    private static CustomerCommand scheduled(String customerId, int run, Instant validFrom) {
        return command(customerId, "scheduled-" + run)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(CustomerState.DORMANT)
                        .setStateReason("noActivity")
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    private static CustomerCommand change(String customerId, int number) {
        boolean suspend = number % 2 == 0;
        return command(customerId, "change-" + number)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(suspend ? CustomerState.SUSPENDED : CustomerState.ACTIVE)
                        .setStateReason(suspend ? "fraud" : "dfltActive")
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
