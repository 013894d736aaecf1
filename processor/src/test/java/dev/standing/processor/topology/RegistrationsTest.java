package dev.standing.processor.topology;

import static dev.standing.processor.topology.TopologyFixture.change;
import static dev.standing.processor.topology.TopologyFixture.registration;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.internal.ClaimAction;
import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.internal.ClaimOutcome;
import dev.standing.avro.internal.ClaimRequest;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.processor.store.ClaimStore;
import dev.standing.serde.StoreCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code semantics.md} section 2: an externalId is one customer's. */
class RegistrationsTest {

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
    void customersAndExternalIdsAreProcessedApartFromEachOther() {
        assertThat(topology.description.subtopologies()).hasSize(2);
    }

    @Test
    void aRegistrationWithAnExternalIdIsAnsweredOnceWhenItIsGranted() {
        Headers headers = new RecordHeaders();
        HeaderText.write(headers, HeaderNames.REPLY_TO, "gateway-1");
        topology.pipe(new TestRecord<>(
                "c-1".getBytes(UTF_8),
                TopologyFixture.encoded(TopologyFixture.COMMAND_SCHEMA, registration("c-1", "x", "r-1")),
                headers,
                TopologyFixture.NOON));

        TestRecord<byte[], byte[]> result =
                topology.raw(topology.topics.results().name()).get(0);
        assertThat(HeaderText.read(result.headers(), HeaderNames.REPLY_TO)).contains("gateway-1");
        assertThat(HeaderText.read(result.headers(), HeaderNames.CORRELATION_ID))
                .contains("cmd-r-1");
        assertThat(topology.events())
                .extracting(event -> event.getCustomerRegistered().orElseThrow().getExternalId())
                .containsExactly(Optional.of("x"));
        assertThat(topology.customers()).hasSize(1);
        assertThat(topology.externalIds())
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("x");
        assertThat(owner("x")).contains("c-1");
    }

    @Test
    void ofTwoRegistrationsThatClaimOneExternalIdTheFirstWins() {
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-2", "x", "r-2"));

        assertThat(topology.results())
                .extracting(CommandResult::getCustomerId, CommandResult::getStatus, CommandResult::getCode)
                .containsExactly(
                        tuple("c-1", ResultStatus.REGISTERED, Optional.empty()),
                        tuple("c-2", ResultStatus.REJECTED, Optional.of(RejectionCode.EXTERNAL_ID_TAKEN)));
        assertThat(topology.events()).extracting(CustomerEvent::getCustomerId).containsExactly("c-1");
        assertThat(owner("x")).contains("c-1");
    }

    @Test
    void anExternalIdStaysTakenWhenItsCustomerIsDeactivated() {
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(change("c-1", "r-2", CustomerState.DEACTIVATED, "contractEnd"));
        topology.send(registration("c-2", "x", "r-3"));

        assertThat(topology.results())
                .extracting(CommandResult::getCode)
                .last()
                .isEqualTo(Optional.of(RejectionCode.EXTERNAL_ID_TAKEN));
    }

    @Test
    void aRegistrationThatIsTurnedDownAnywayClaimsNothing() {
        topology.send(registration("c-1", "r-1"));
        topology.send(registration("c-1", "x", "r-2"));
        topology.send(CustomerCommand.newBuilder(registration("c-2", "y", "r-3"))
                .setExpectedVersion(7L)
                .build());

        assertThat(topology.results())
                .extracting(CommandResult::getCode)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(RejectionCode.ALREADY_REGISTERED),
                        Optional.of(RejectionCode.VERSION_CONFLICT));
        assertThat(topology.externalIds()).isEmpty();
    }

    @Test
    void theSameRegistrationAgainIsReplayed() {
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-2", "x", "r-2"));
        topology.results();

        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-2", "x", "r-2"));

        assertThat(topology.results()).hasSize(2).allMatch(CommandResult::getReplayed);
    }

    @Test
    void whatCouldRegisterTheCustomerWaitsBehindItsRegistrationAndIsDecidedInOrder() {
        withoutClaimsBeingDecided(Policies.registering());
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-1", "y", "r-2"));
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud"));
        assertThat(topology.results()).isEmpty();

        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "x"));

        List<CommandResult> results = topology.results();
        assertThat(results)
                .extracting(CommandResult::getRequestId, CommandResult::getStatus, CommandResult::getReplayed)
                .containsExactly(
                        tuple(Optional.of("r-1"), ResultStatus.REGISTERED, false),
                        tuple(Optional.of("r-1"), ResultStatus.REGISTERED, true),
                        tuple(Optional.of("r-2"), ResultStatus.REJECTED, false),
                        tuple(Optional.of("r-3"), ResultStatus.APPLIED, false));
        assertThat(topology.events()).extracting(CustomerEvent::getSequence).containsExactly(1L, 2L);
    }

    @Test
    void whileItsRegistrationWaitsTheCustomerDoesNotExist() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(change("c-1", "r-2", CustomerState.SUSPENDED, "fraud"));

        assertThat(topology.results())
                .extracting(CommandResult::getCode)
                .containsExactly(Optional.of(RejectionCode.UNKNOWN_CUSTOMER));
    }

    @Test
    void afterARefusalTheNextRegistrationOfTheCustomerAsksForItsOwn() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-1", "y", "r-2"));
        requests();

        answer(new ClaimAnswer(ClaimOutcome.REFUSED, "c-1", "cmd-r-1", "x"));
        assertThat(requests())
                .extracting(ClaimRequest::getAction, ClaimRequest::getExternalId)
                .containsExactly(tuple(ClaimAction.CLAIM, "y"));
        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-2", "y"));

        assertThat(topology.results())
                .extracting(CommandResult::getCode)
                .containsExactly(Optional.of(RejectionCode.EXTERNAL_ID_TAKEN), Optional.empty());
    }

    @Test
    void aClaimWhoseRegistrationIsTurnedDownAfterAllIsReleased() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        CustomerCommand dated = CustomerCommand.newBuilder(registration("c-1", "x", "r-1"))
                .setRegisterCustomer(dev.standing.avro.RegisterCustomer.newBuilder()
                        .setExternalId("x")
                        .setState(CustomerState.ACTIVE)
                        .setStateReason("dfltActive")
                        .setValidFrom(TopologyFixture.NOON)
                        .build())
                .build();
        topology.send(dated);
        requests();

        // The task comes to a machine whose clock is behind: the date lies in the future there.
        topology.clock.advance(java.time.Duration.ofMinutes(-5));
        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "x"));

        assertThat(topology.results())
                .extracting(CommandResult::getCode)
                .containsExactly(Optional.of(RejectionCode.INVALID_REQUEST));
        assertThat(requests()).containsExactly(new ClaimRequest(ClaimAction.RELEASE, "x", "c-1", "cmd-r-1"));
    }

    @Test
    void aReleasedExternalIdIsFreeAndATombstoneSaysSo() {
        topology.send(registration("c-1", "x", "r-1"));
        ask(new ClaimRequest(ClaimAction.RELEASE, "x", "c-2", "cmd-r-1"));
        ask(new ClaimRequest(ClaimAction.RELEASE, "x", "c-1", "cmd-r-2"));
        assertThat(owner("x")).contains("c-1");

        ask(new ClaimRequest(ClaimAction.RELEASE, "x", "c-1", "cmd-r-1"));

        assertThat(owner("x")).isEmpty();
        assertThat(topology.externalIds().get(1).value()).isNull();
    }

    @Test
    void anAnswerThatNobodyWaitsForChangesNothing() {
        topology.send(registration("c-1", "x", "r-1"));
        topology.results();

        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "x"));
        answer(new ClaimAnswer(ClaimOutcome.REFUSED, "c-9", "cmd-r-9", "x"));

        assertThat(topology.results()).isEmpty();
        assertThat(owner("x")).contains("c-1");
    }

    @Test
    void whatIsMalformedDoesNotWaitInTheLine() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-1", "y".repeat(500_000), "r-2"));

        assertThat(topology.results())
                .extracting(CommandResult::getCode)
                .containsExactly(Optional.of(RejectionCode.INVALID_REQUEST));
    }

    @Test
    void aLongLineIsDecidedBitByBit() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-0"));
        for (int i = 1; i <= 350; i++) {
            topology.send(registration("c-1", "r-" + i));
        }

        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-0", "x"));

        List<CommandResult> results = topology.results();
        assertThat(results).hasSize(351);
        assertThat(results)
                .extracting(CommandResult::getCommandId)
                .startsWith("cmd-r-0", "cmd-r-1")
                .endsWith("cmd-r-350");
        assertThat(answers())
                .extracting(ClaimAnswer::getCommandId)
                .containsExactly("cmd-r-101", "cmd-r-201", "cmd-r-301");
    }

    @Test
    void whoeverAsksAgainMakesTheFirstAskAgain() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(registration("c-1", "x", "r-1"));

        assertThat(requests()).hasSize(2).containsOnly(new ClaimRequest(ClaimAction.CLAIM, "x", "c-1", "cmd-r-1"));
    }

    @Test
    void anAnswerAboutAnotherExternalIdDecidesNothingThoughTheCommandIdIsTheSame() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        topology.send(CustomerCommand.newBuilder(registration("c-1", "y", "r-2"))
                .setCommandId("cmd-r-1")
                .build());
        answer(new ClaimAnswer(ClaimOutcome.REFUSED, "c-1", "cmd-r-1", "x"));

        answer(new ClaimAnswer(ClaimOutcome.REFUSED, "c-1", "cmd-r-1", "x"));
        assertThat(topology.results()).hasSize(1);
        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "y"));

        assertThat(topology.results()).extracting(CommandResult::getStatus).containsExactly(ResultStatus.REGISTERED);
    }

    @Test
    void whatIsGrantedToNobodyWhoWaitsIsReleasedUnlessItsCustomerHasIt() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "x"));
        requests();

        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "x"));
        assertThat(requests()).isEmpty();
        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-9", "z"));

        assertThat(requests()).containsExactly(new ClaimRequest(ClaimAction.RELEASE, "z", "c-1", "cmd-r-9"));
    }

    @Test
    void anAnswerThatNamesNoExternalIdDecidesNothingAndStopsNobody() {
        withoutClaimsBeingDecided(PolicyFile.packagedDefault());
        topology.send(registration("c-1", "x", "r-1"));
        requests();

        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", null));
        answer(new ClaimAnswer(ClaimOutcome.REFUSED, "c-1", "cmd-r-1", null));
        assertThat(topology.results()).isEmpty();
        assertThat(requests()).isEmpty();

        answer(new ClaimAnswer(ClaimOutcome.GRANTED, "c-1", "cmd-r-1", "x"));
        assertThat(topology.results()).extracting(CommandResult::getStatus).containsExactly(ResultStatus.REGISTERED);
    }

    @Test
    void whatIsNoRequestAndNoAnswerGoesToTheDeadLetters() {
        input(topology.topics.claimRequests().name()).pipeInput("x".getBytes(UTF_8), new byte[] {1, 2, 3});
        input(topology.topics.claimRequests().name()).pipeInput(new TestRecord<>("x".getBytes(UTF_8), null));
        ask(new ClaimRequest(ClaimAction.UNKNOWN, "x", "c-1", "cmd-1"));
        input(topology.topics.claimAnswers().name()).pipeInput("c-1".getBytes(UTF_8), new byte[] {1, 2, 3});

        assertThat(topology.deadLetters())
                .extracting(letter ->
                        HeaderText.read(letter.headers(), HeaderNames.DLQ_TOPIC).orElseThrow())
                .containsExactly(
                        "standing.internal.claim-requests",
                        "standing.internal.claim-requests",
                        "standing.internal.claim-requests",
                        "standing.internal.claim-answers");
    }

    /** From here on answers come from the test alone. */
    private void withoutClaimsBeingDecided(Policy policy) {
        topology.close();
        topology = new TopologyFixture(policy, stateDirectory.resolve("other"), 1, false);
    }

    private List<ClaimRequest> requests() {
        StoreCodec<ClaimRequest> codec = new StoreCodec<>(ClaimRequest.class);
        return topology.raw(topology.topics.claimRequests().name()).stream()
                .map(record -> codec.decode(record.value()))
                .toList();
    }

    private List<ClaimAnswer> answers() {
        StoreCodec<ClaimAnswer> codec = new StoreCodec<>(ClaimAnswer.class);
        return topology.raw(topology.topics.claimAnswers().name()).stream()
                .map(record -> codec.decode(record.value()))
                .toList();
    }

    private void ask(ClaimRequest request) {
        input(topology.topics.claimRequests().name())
                .pipeInput(
                        request.getExternalId().getBytes(UTF_8), new StoreCodec<>(ClaimRequest.class).encode(request));
    }

    private void answer(ClaimAnswer answer) {
        input(topology.topics.claimAnswers().name())
                .pipeInput(answer.getCustomerId().getBytes(UTF_8), new StoreCodec<>(ClaimAnswer.class).encode(answer));
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return topology.driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Optional<String> owner(String externalId) {
        KeyValueStore<String, ExternalIdClaim> store = topology.driver.getKeyValueStore(ClaimStore.name());
        return Optional.ofNullable(store.get(externalId)).map(ExternalIdClaim::getCustomerId);
    }
}
