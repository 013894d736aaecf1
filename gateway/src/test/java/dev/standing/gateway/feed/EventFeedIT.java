package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.CustomerEvent;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.gateway.feed.Admission.Admitted;
import dev.standing.mapping.EventMapping;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.GeneratedClasses;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.OnEmbeddedOnly;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of real events, in transactions, from a real broker and a real registry. */
@OnAnyPlatform
class EventFeedIT {

    private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
    private static final Optional<String> NOBODY = Optional.empty();
    private static final Optional<String> EARLIEST = Optional.of("earliest");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final FeedSettings SETTINGS = new FeedSettings(100, 20, 1_000_000, 2);

    private static TestPlatform platform;
    private static SchemaRegistryClient registry;
    private static int topicsMade;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private TopicCatalogue topics;
    private KafkaProducer<byte[], byte[]> producer;
    private AvroSerializer<CustomerEvent> serializer;

    @BeforeAll
    static void startPlatform() {
        GeneratedClasses.trust();
        platform = TestPlatform.start();
        registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
    }

    @AfterAll
    static void stopPlatform() {
        registry.close();
        platform.close();
    }

    @BeforeEach
    void makeTopics() {
        topicsMade++;
        topics = new TopicCatalogue(platform.topicPrefix() + "feed-" + topicsMade + ".", 4, 1);
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafkaObjects(), topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
        serializer = new AvroSerializer<>(registry, false);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        platform.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        platform.topicPrefix() + "writer-" + topicsMade),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        opened.add(producer);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void committedEventsComeInOrderAndAbortedOnesNever() {
        EventFeed feed = feed();
        RecordingStream all = follow(feed, NOBODY, NOBODY);
        RecordingStream one = follow(feed, NOBODY, Optional.of("c-1"));

        commit("c-1", "c-2", "c-1");
        abort("c-1", "c-2", "c-3");
        commit("c-3", "c-1");

        await().atMost(LONG).until(() -> all.events().events().size() >= 5);
        await().atMost(LONG).until(() -> one.events().events().size() >= 3);
        assertThat(customer(all, "c-1")).containsExactly(1L, 2L, 3L);
        assertThat(customer(all, "c-2")).containsExactly(1L);
        assertThat(customer(all, "c-3")).containsExactly(1L);
        assertThat(customer(one, "c-1")).containsExactly(1L, 2L, 3L);
        assertThat(one.events().events()).hasSize(3);
        assertThat(one.events().events().get(0).type()).isEqualTo("PendingOverdue");
    }

    @Test
    @OnEmbeddedOnly("A broker that is restarted")
    void whoeverComesBackToAnotherGatewayAfterARestartOfKafkaGetsTheRestOnce() {
        EventFeed here = feed();
        EventFeed there = feed();
        RecordingStream before = follow(here, NOBODY, NOBODY);
        RecordingStream stays = follow(here, NOBODY, NOBODY);
        for (int i = 0; i < 30; i++) {
            commit("c-1", "c-2", "c-3");
        }
        await().atMost(LONG).until(() -> before.events().events().size() >= 40);
        before.end();
        int got = before.events().events().size();

        platform.takeBrokerAway();
        platform.bringBrokerBack();
        commit("c-1", "c-2"); // The producer waits until it is back.
        String last = before.events().lastId();
        RecordingStream after = RecordingStream.ofFastClient();
        await().atMost(LONG)
                .until(() -> admit(there, Optional.of(last), NOBODY)
                        .map(admitted -> {
                            admitted.follow().accept(after);
                            return true;
                        })
                        .orElse(false));
        commit("c-3");

        await().atMost(LONG).until(() -> got + after.events().events().size() >= 93);
        await().atMost(LONG).until(() -> stays.events().events().size() >= 93);
        for (String customerId : List.of("c-1", "c-2", "c-3")) {
            List<Long> both = new ArrayList<>(customer(before, customerId));
            both.addAll(customer(after, customerId));
            assertThat(both).containsExactlyElementsOf(upTo(31));
            assertThat(customer(stays, customerId)).containsExactlyElementsOf(upTo(31));
        }
    }

    @Test
    void aCustomersWholePastIsCaughtUpWithAndThePresentFollows() {
        for (int i = 0; i < 60; i++) {
            commit("c-1", "c-2", "c-3", "c-4", "c-5");
            abort("c-1");
        }
        EventFeed feed = feed();
        RecordingStream one = follow(feed, EARLIEST, Optional.of("c-1"));
        RecordingStream all = follow(feed, EARLIEST, NOBODY);
        await().atMost(LONG).until(() -> all.events().events().size() >= 300);
        commit("c-2", "c-1");

        await().atMost(LONG).until(() -> all.events().events().size() >= 302);
        await().atMost(LONG).until(() -> one.events().events().size() >= 61);
        assertThat(customer(one, "c-1")).containsExactlyElementsOf(upTo(61));
        assertThat(one.events().events()).hasSize(61);
        assertThat(customer(all, "c-1")).containsExactlyElementsOf(upTo(61));
        assertThat(customer(all, "c-2")).containsExactlyElementsOf(upTo(61));
        assertThat(customer(all, "c-5")).containsExactlyElementsOf(upTo(60));
    }

    @Test
    void whatWasDeletedIsRefusedAndTheEarliestIsWhatIsLeft() throws Exception {
        commit("c-1");
        commit("c-1");
        int partition = IntStream.range(0, 4)
                .filter(Interest.inCustomer("c-1", 4)::concerns)
                .findAny()
                .orElseThrow();
        try (Admin admin = Admin.create(kafkaObjects())) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(topics.events().name(), partition), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }
        EventFeed feed = feed();

        assertThat(admit(feed, Optional.of("0.0.0.0"), NOBODY)).isEmpty();
        assertThat(admit(feed, Optional.of("9.9.9.9"), NOBODY)).isEmpty();
        RecordingStream left = follow(feed, EARLIEST, NOBODY);
        await().atMost(LONG).until(() -> !left.events().events().isEmpty());
        assertThat(customer(left, "c-1")).containsExactly(2L);
    }

    @Test
    void whatCannotBeReadIsShownAsThatAndWhatFollowsComesAsEver() {
        EventFeed feed = feed();
        RecordingStream all = follow(feed, NOBODY, NOBODY);

        producer.beginTransaction();
        send("c-1", new byte[] {9, 9});
        producer.commitTransaction();
        commit("c-1");

        await().atMost(LONG).until(() -> all.events().events().size() >= 2);
        assertThat(all.events().events())
                .extracting(ServerSentEvents.Event::type)
                .containsExactly("Undecodable", "PendingOverdue");
    }

    @Test
    void theEndOfTheFeedEndsAllStreams() {
        EventFeed feed = feed();
        RecordingStream all = follow(feed, NOBODY, NOBODY);
        commit("c-1");
        await().atMost(LONG).until(() -> !all.events().events().isEmpty());

        feed.close();

        assertThat(all.isEnded()).isTrue();
        assertThat(feed.followers()).isZero();
        await().atMost(LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("gateway-feed")));
    }

    private EventFeed feed() {
        EventFeed feed =
                EventFeed.start(Map.of("bootstrap.servers", platform.bootstrapServers()), registry, topics, SETTINGS);
        opened.add(feed);
        return feed;
    }

    private static RecordingStream follow(EventFeed feed, Optional<String> lastEventId, Optional<String> customerId) {
        RecordingStream stream = RecordingStream.ofFastClient();
        admit(feed, lastEventId, customerId).orElseThrow().follow().accept(stream);
        return stream;
    }

    private static Optional<Admitted> admit(EventFeed feed, Optional<String> lastEventId, Optional<String> customerId) {
        CompletableFuture<Admission> decision = feed.admit(lastEventId, customerId);
        Admission admission = decision.orTimeout(30, TimeUnit.SECONDS).join();
        return admission instanceof Admitted admitted ? Optional.of(admitted) : Optional.empty();
    }

    private void commit(String... customers) {
        producer.beginTransaction();
        for (String customerId : customers) {
            sendNext(customerId, sequences.merge(customerId, 1L, Long::sum));
        }
        producer.commitTransaction();
    }

    private void abort(String... customers) {
        producer.beginTransaction();
        for (String customerId : customers) {
            sendNext(customerId, 1_000);
        }
        producer.flush();
        producer.abortTransaction();
    }

    private void sendNext(String customerId, long sequence) {
        Fact fact =
                new Fact.PendingOverdue(customerId + ":1", new StateValue(CustomerState.ACTIVE, "dfltActive", NOON));
        Event event =
                new Event(customerId, sequence, NOON, new Origin("cmd-1", Optional.empty(), "crm"), "default-1", fact);
        send(customerId, serializer.serialize(topics.events().name(), EventMapping.toAvro(event, Optional.empty())));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The transaction tells.
    private void send(String customerId, byte[] value) {
        producer.send(new ProducerRecord<>(topics.events().name(), customerId.getBytes(StandardCharsets.UTF_8), value));
    }

    private static Map<String, Object> kafkaObjects() {
        return Map.of("bootstrap.servers", platform.bootstrapServers());
    }

    private static List<Long> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> (long) i).toList();
    }

    private static List<Long> customer(RecordingStream stream, String customerId) {
        return stream.events().data().stream()
                .filter(data -> data.startsWith("{\"customerId\":\"" + customerId + "\""))
                .map(data -> Long.parseLong(data.replaceFirst(".*?\"sequence\":(\\d+).*", "$1")))
                .toList();
    }
}
