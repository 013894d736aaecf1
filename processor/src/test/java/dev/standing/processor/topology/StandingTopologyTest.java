package dev.standing.processor.topology;

import static dev.standing.processor.topology.TopologyFixture.COMMAND_SCHEMA;
import static dev.standing.processor.topology.TopologyFixture.NOON;
import static dev.standing.processor.topology.TopologyFixture.change;
import static dev.standing.processor.topology.TopologyFixture.encoded;
import static dev.standing.processor.topology.TopologyFixture.proposal;
import static dev.standing.processor.topology.TopologyFixture.registration;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateValue;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.UnknownSymbolException;
import dev.standing.processor.intake.DeadLetterReason;
import dev.standing.processor.store.CustomerStore;
import dev.standing.registry.SchemaKey;
import dev.standing.serde.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingTopologyTest {

    private static final String CUSTOMER = "c-1";

    @TempDir
    Path stateDirectory;

    private TopologyFixture topology;

    @BeforeEach
    void start() {
        topology = new TopologyFixture(PolicyFile.packagedDefault(), stateDirectory, 1);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void aCommandGivesItsEventsTheLatestStateAndOneResult() {
        topology.send(registration(CUSTOMER, "r-1"));
        topology.send(change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud"));

        List<CustomerEvent> events = topology.events();
        assertThat(events)
                .extracting(CustomerEvent::getType)
                .containsExactly(EventType.CUSTOMER_REGISTERED, EventType.STATE_CHANGED);
        assertThat(events).extracting(CustomerEvent::getEventId).containsExactly("c-1:1", "c-1:2");
        List<Customer> customers = topology.customers();
        assertThat(customers).extracting(Customer::getVersion).containsExactly(1L, 2L);
        assertThat(customers.get(1).getState()).isEqualTo(new StateValue(CustomerState.SUSPENDED, "fraud", NOON));
        List<CommandResult> results = topology.results();
        assertThat(results)
                .extracting(CommandResult::getStatus)
                .containsExactly(ResultStatus.REGISTERED, ResultStatus.APPLIED);
        assertThat(results.get(1).getCustomer()).contains(customers.get(1));
        assertThat(results.get(1).getPolicyVersion()).isEqualTo("default-1");
        assertThat(topology.deadLetters()).isEmpty();
    }

    @Test
    void aRejectionGivesAResultAndNothingElse() {
        topology.send(change(CUSTOMER, "r-1", CustomerState.SUSPENDED, "fraud"));

        CommandResult result = topology.results().get(0);
        assertThat(result.getStatus()).isEqualTo(ResultStatus.REJECTED);
        assertThat(result.getCode()).contains(RejectionCode.UNKNOWN_CUSTOMER);
        assertThat(result.getField()).contains("customerId");
        assertThat(result.getCustomer()).isEmpty();
        assertThat(topology.events()).isEmpty();
        assertThat(topology.customers()).isEmpty();
    }

    @Test
    void theSameRequestAgainGetsTheOriginalResultAndNoEvent() {
        topology.send(registration(CUSTOMER, "r-1"));
        CustomerCommand suspension = change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud");
        topology.send(suspension);
        CommandResult original = topology.results().get(1);
        assertThat(topology.events()).hasSize(2);

        topology.clock.advance(Duration.ofDays(6));
        topology.send(
                CustomerCommand.newBuilder(suspension).setCommandId("cmd-again").build());

        assertThat(topology.results())
                .containsExactly(
                        CommandResult.newBuilder(original).setReplayed(true).build());
        assertThat(topology.events()).isEmpty();
    }

    @Test
    void aRequestIsForgottenAfterItsTimeAlthoughTheStoreStillHasIt() {
        topology.send(registration(CUSTOMER, "r-1"));
        topology.results();

        topology.clock.advance(Duration.ofDays(7));
        topology.send(registration(CUSTOMER, "r-1"));

        CommandResult result = topology.results().get(0);
        assertThat(result.getReplayed()).isFalse();
        assertThat(result.getCode()).contains(RejectionCode.ALREADY_REGISTERED);
    }

    @Test
    void aRecordFromTheFarFutureDoesNotMakeOthersForgotten() {
        topology.send(registration(CUSTOMER, "r-1"));
        topology.pipe(new TestRecord<>(
                "c-2".getBytes(UTF_8),
                encoded(COMMAND_SCHEMA, registration("c-2", "r-9")),
                new RecordHeaders(),
                NOON.plus(Duration.ofDays(10_000))));
        topology.results();

        topology.send(registration(CUSTOMER, "r-1"));

        assertThat(topology.results().get(0).getReplayed()).isTrue();
    }

    @Test
    void aRequestIsStillKnownWhenTheTaskComesToAMachineWhoseClockIsBehind() {
        topology.send(registration(CUSTOMER, "r-1"));
        topology.results();

        topology.clock.advance(Duration.ofDays(-5));
        topology.send(registration(CUSTOMER, "r-1"));

        assertThat(topology.results().get(0).getReplayed()).isTrue();
    }

    @Test
    void everyEventCarriesTheHashOfTheBytesOfTheOneBeforeIt() {
        topology.send(registration(CUSTOMER, "r-1"));
        topology.send(change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud"));
        topology.send(change(CUSTOMER, "r-3", CustomerState.ACTIVE, "dfltActive"));
        List<Sha256> hashes = topology.raw(topology.topics.events().name()).stream()
                .map(event -> EventChain.hash(
                        Arrays.copyOfRange(event.value(), WireFormat.PREFIX_LENGTH, event.value().length)))
                .toList();
        List<Customer> customers = topology.customers();

        topology.send(change(CUSTOMER, "r-4", CustomerState.BLOCKED, "fraud"));

        assertThat(topology.events().get(0).getPreviousHash()).contains(hashes.get(2));
        assertThat(customers).extracting(Customer::getLastEventHash).isEqualTo(hashes);
    }

    @Test
    void recordsCarryCloudEventsHeadersAndPassTheTraceOn() {
        Headers headers = new RecordHeaders();
        HeaderText.write(headers, HeaderNames.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        HeaderText.write(headers, HeaderNames.REPLY_TO, "gateway-1");
        topology.pipe(new TestRecord<>(
                CUSTOMER.getBytes(UTF_8), encoded(COMMAND_SCHEMA, registration(CUSTOMER, "r-1")), headers, NOON));

        Headers event = topology.raw(topology.topics.events().name()).get(0).headers();
        assertThat(HeaderText.read(event, HeaderNames.CE_ID)).contains("c-1:1");
        assertThat(HeaderText.read(event, HeaderNames.CE_TYPE)).contains("dev.standing.CustomerEvent");
        assertThat(HeaderText.read(event, HeaderNames.CE_TIME)).contains("2026-03-01T12:00:00Z");
        assertThat(HeaderText.read(event, HeaderNames.CE_SPECVERSION)).contains("1.0");
        assertThat(HeaderText.read(event, HeaderNames.TRACEPARENT)).isPresent();
        assertThat(HeaderText.read(event, HeaderNames.REPLY_TO)).isEmpty();
        TestRecord<byte[], byte[]> result =
                topology.raw(topology.topics.results().name()).get(0);
        assertThat(HeaderText.read(result.headers(), HeaderNames.REPLY_TO)).contains("gateway-1");
        assertThat(HeaderText.read(result.headers(), HeaderNames.CORRELATION_ID))
                .contains("cmd-r-1");
        assertThat(result.getRecordTime()).isEqualTo(NOON);
        assertThat(result.key()).isEqualTo(CUSTOMER.getBytes(UTF_8));
    }

    @Test
    void randomBytesGoToTheDeadLettersAndTheNextCommandIsAnswered() {
        byte[] noise = new byte[64];
        new Random(7).nextBytes(noise);
        noise[0] = 42;
        topology.pipe(new TestRecord<>(new byte[] {1, 2}, noise, headers("x", "y"), NOON));
        topology.send(registration(CUSTOMER, "r-1"));

        TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
        assertThat(letter.key()).isEqualTo(new byte[] {1, 2});
        assertThat(letter.value()).isEqualTo(noise);
        assertThat(header(letter, "x")).isEqualTo("y");
        assertThat(header(letter, HeaderNames.DLQ_REASON)).isEqualTo("UNDECODABLE");
        assertThat(header(letter, HeaderNames.DLQ_TOPIC)).isEqualTo("standing.commands");
        assertThat(header(letter, HeaderNames.DLQ_PARTITION)).isEqualTo("0");
        assertThat(header(letter, HeaderNames.DLQ_OFFSET)).isEqualTo("0");
        assertThat(topology.results()).extracting(CommandResult::getStatus).containsExactly(ResultStatus.REGISTERED);
    }

    @Test
    void whatIsEmptyCutShortOrOfAnotherTypeGoesToTheDeadLetters() {
        byte[] whole = encoded(COMMAND_SCHEMA, registration(CUSTOMER, "r-1"));
        topology.registry.remember(new SchemaKey.Id(8), Customer.getClassSchema());
        byte[] otherType = whole.clone();
        otherType[4] = 8;
        for (byte[] value : new byte[][] {null, {}, {0, 0, 0}, Arrays.copyOf(whole, whole.length - 1), otherType}) {
            topology.pipe(new TestRecord<>(CUSTOMER.getBytes(UTF_8), value));
        }

        assertThat(topology.deadLetters())
                .hasSize(5)
                .allSatisfy(letter ->
                        assertThat(header(letter, HeaderNames.DLQ_REASON)).isEqualTo("UNDECODABLE"));
        assertThat(topology.results()).isEmpty();
    }

    @Test
    void aCommandWhoseKeyIsNotItsCustomerIsDeadLettered() {
        topology.pipe(new TestRecord<>("c-2".getBytes(UTF_8), encoded(COMMAND_SCHEMA, registration(CUSTOMER, "r-1"))));
        topology.pipe(new TestRecord<>(null, encoded(COMMAND_SCHEMA, registration(CUSTOMER, "r-1"))));

        assertThat(topology.deadLetters())
                .extracting(letter -> header(letter, HeaderNames.DLQ_REASON))
                .containsExactly("KEY_MISMATCH", "KEY_MISMATCH");
        assertThat(topology.events()).isEmpty();
    }

    @Test
    void aCommandInAPartitionThatTheDefaultPartitionerWouldNotChooseIsDeadLettered() {
        topology.close();
        topology = new TopologyFixture(PolicyFile.packagedDefault(), stateDirectory, 2);

        // The driver has the partition 0 alone. With two partitions, murmur2 puts "c-1" into 1 and "c-2" into 0.
        topology.send(registration("c-1", "r-1"));
        topology.send(registration("c-2", "r-2"));

        assertThat(topology.deadLetters())
                .extracting(letter -> header(letter, HeaderNames.DLQ_REASON))
                .containsExactly("WRONG_PARTITION");
        assertThat(topology.results()).extracting(CommandResult::getCustomerId).containsExactly("c-2");
    }

    @Test
    void aCommandThatCouldNotBeAnsweredIsDeadLettered() {
        topology.send(CustomerCommand.newBuilder(registration(CUSTOMER, "r-1"))
                .setSource(" ")
                .build());

        TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
        assertThat(header(letter, HeaderNames.DLQ_REASON)).isEqualTo("INVALID_IDENTIFICATION");
        assertThat(header(letter, HeaderNames.DLQ_MESSAGE)).startsWith("source: ");
        assertThat(topology.results()).isEmpty();
    }

    @Test
    void aRecordThatNoCommandComesNearToIsDeadLetteredCutOff() {
        byte[] huge = new byte[5 * 1024 * 1024];
        topology.pipe(new TestRecord<>(CUSTOMER.getBytes(UTF_8), huge, headers("x", "y"), NOON));

        TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
        assertThat(header(letter, HeaderNames.DLQ_REASON)).isEqualTo(DeadLetterReason.TOO_LARGE.name());
        assertThat(header(letter, HeaderNames.DLQ_TRUNCATED_FROM)).isEqualTo(Integer.toString(huge.length));
        assertThat(header(letter, "x")).isEqualTo("y");
        assertThat(letter.key()).isEqualTo(CUSTOMER.getBytes(UTF_8));
        assertThat(letter.value()).hasSize(1024 * 1024);
    }

    @Test
    void aCommandOfATypeThatThisVersionDoesNotCarryOutIsAnswered() {
        topology.send(registration(CUSTOMER, "r-0"));
        topology.results();
        topology.send(TopologyFixture.command(CUSTOMER, "r-1")
                .setType(CommandType.REMOVE_SUBORDINATE)
                .build());
        topology.send(TopologyFixture.command(CUSTOMER, "r-2")
                .setType(CommandType.UNKNOWN)
                .build());
        topology.send(TopologyFixture.command(CUSTOMER, "r-3")
                .setType(CommandType.CHANGE_STATE)
                .build());
        topology.send(change(CUSTOMER, "r-4", CustomerState.UNKNOWN, "fraud"));

        assertThat(topology.results())
                .hasSize(4)
                .extracting(CommandResult::getCode)
                .allMatch(code -> code.equals(Optional.of(RejectionCode.INVALID_REQUEST)));
    }

    @Test
    void aCommandThatCannotBeProcessedDoesNotStopTheOnesBehindIt() {
        topology.send(registration(CUSTOMER, "r-1"));
        store(customer -> customer.setAttributes(Map.of("huge", "x".repeat(1_100_000))));
        topology.results();

        topology.send(change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud"));
        topology.send(registration("c-2", "r-3"));

        assertThat(topology.deadLetters())
                .extracting(letter -> header(letter, HeaderNames.DLQ_REASON))
                .containsExactly("PROCESSING_FAILED");
        assertThat(topology.results()).extracting(CommandResult::getCustomerId).containsExactly("c-2");
        assertThat(topology.events()).extracting(CustomerEvent::getCustomerId).containsExactly(CUSTOMER, "c-2");
    }

    @Test
    void aCommandForACustomerThatALaterVersionWroteIsNotThrownAway() {
        topology.send(registration(CUSTOMER, "r-1"));
        store(customer -> customer.setState(new StateValue(CustomerState.UNKNOWN, "x", NOON)));

        assertThatThrownBy(() -> topology.send(change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud")))
                .hasRootCauseInstanceOf(UnknownSymbolException.class);
        assertThat(topology.deadLetters()).isEmpty();
    }

    private void store(UnaryOperator<Customer.Builder> change) {
        KeyValueStore<String, Customer> store = topology.driver.getKeyValueStore(CustomerStore.name());
        store.put(
                CUSTOMER, change.apply(Customer.newBuilder(store.get(CUSTOMER))).build());
    }

    @Test
    void aCommandWhoseSchemaCannotBeFetchedWaitsWithAllBehindItAndKeepsItsOrder() {
        int notFetchedYet = 99;
        topology.send(registration(CUSTOMER, "r-1"));
        topology.send(notFetchedYet, change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud"));
        for (int i = 3; i < 20; i++) {
            topology.send(change(
                    CUSTOMER,
                    "r-" + i,
                    i % 2 == 0 ? CustomerState.SUSPENDED : CustomerState.ACTIVE,
                    i % 2 == 0 ? "fraud" : "dfltActive"));
        }
        topology.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(topology.waiting.all()).hasSize(1);
        assertThat(topology.results()).extracting(CommandResult::getCommandId).containsExactly("cmd-r-1");
        assertThat(topology.deadLetters()).isEmpty();

        topology.registry.remember(new SchemaKey.Id(notFetchedYet), CustomerCommand.getClassSchema());
        topology.driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<CommandResult> results = topology.results();
        assertThat(results).hasSize(18).allMatch(result -> result.getStatus() == ResultStatus.APPLIED);
        assertThat(results.get(0).getCommandId()).isEqualTo("cmd-r-2");
        assertThat(results.get(17).getCommandId()).isEqualTo("cmd-r-19");
        assertThat(topology.events())
                .extracting(CustomerEvent::getSequence)
                .last()
                .isEqualTo(19L);

        topology.send(change(CUSTOMER, "r-20", CustomerState.SUSPENDED, "fraud"));
        assertThat(topology.results()).hasSize(1);
    }

    @Test
    void commandsThatArriveWhileOthersWaitGoOnAsSoonAsTheyCan() {
        int notFetchedYet = 99;
        topology.send(notFetchedYet, registration(CUSTOMER, "r-1"));
        topology.registry.remember(new SchemaKey.Id(notFetchedYet), CustomerCommand.getClassSchema());

        topology.send(change(CUSTOMER, "r-2", CustomerState.SUSPENDED, "fraud"));

        assertThat(topology.results())
                .extracting(CommandResult::getStatus)
                .containsExactly(ResultStatus.REGISTERED, ResultStatus.APPLIED);
    }

    @Test
    void whatIsTooLargeDoesNotWaitWithTheOthers() {
        topology.send(99, registration(CUSTOMER, "r-1"));
        topology.pipe(new TestRecord<>(CUSTOMER.getBytes(UTF_8), new byte[5 * 1024 * 1024]));

        assertThat(topology.deadLetters())
                .extracting(letter -> header(letter, HeaderNames.DLQ_REASON))
                .containsExactly("TOO_LARGE");
    }

    @Test
    void headersCountAsTheBytesThatTheyTake() {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < 500; i++) {
            headers.add("\u5ba2".repeat(1_000), null);
        }
        topology.pipe(new TestRecord<>(CUSTOMER.getBytes(UTF_8), new byte[] {1}, headers, NOON));

        TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
        assertThat(header(letter, HeaderNames.DLQ_REASON)).isEqualTo("TOO_LARGE");
        assertThat(letter.headers().toArray()).hasSizeLessThan(20);
        assertThat(letter.value()).isEqualTo(new byte[] {1});
    }

    @Test
    void storesAreRestoredFromChangelogsWithNamesOfTheirOwn() {
        topology.send(registration(CUSTOMER, "r-1"));
        topology.send(registration("c-3", "x-3", "r-3"));
        topology.send(proposal(CUSTOMER, "r-4", CustomerState.SUSPENDED, "fraud", NOON));
        topology.send(99, registration("c-2", "r-2"));

        assertThat(topology.driver.producedTopicNames())
                .contains(
                        "test-customers-changelog",
                        "test-requests-changelog",
                        "test-parked-changelog",
                        "test-waiting-changelog",
                        "test-due-changelog",
                        "test-external-ids-changelog");
    }

    private static Headers headers(String name, String value) {
        Headers headers = new RecordHeaders();
        HeaderText.write(headers, name, value);
        return headers;
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return HeaderText.read(record.headers(), name).orElseThrow();
    }
}
