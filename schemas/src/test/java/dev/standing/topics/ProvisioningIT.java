package dev.standing.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standing.avro.Customer;
import dev.standing.registry.RegistryConfig;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.ProvisioningStep.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@OnAnyPlatform
class ProvisioningIT {

    private static TestPlatform platform;
    private static Admin admin;
    private static SchemaRegistryClient registry;

    private TopicCatalogue catalogue;
    private TopicProvisioning topics;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
        admin = Admin.create(kafka());
        registry = new SchemaRegistryClient(Map.of(RegistryConfig.URL, platform.registryUrl()));
    }

    @AfterAll
    static void stop() {
        registry.close();
        admin.close();
        platform.close();
    }

    /** Every test has topics of its own. */
    @BeforeEach
    void name(TestInfo test) {
        String prefix =
                platform.topicPrefix() + test.getTestMethod().orElseThrow().getName() + ".";
        catalogue = new TopicCatalogue(prefix, 2, -1);
        topics = TopicProvisioning.connect(kafka(), catalogue);
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", platform.bootstrapServers());
    }

    private static Config config(TopicDefinition topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }

    private static void set(TopicDefinition topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        Collection<AlterConfigOp> set =
                List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Map.of(resource, set)).all().get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> config(topic).get(key).value().equals(value));
    }

    @Test
    void createsAllTopicsAsTheCatalogueSays() throws Exception {
        List<ProvisioningStep> steps = topics.provision();

        assertThat(steps)
                .hasSameSizeAs(catalogue.all())
                .extracting(ProvisioningStep::outcome)
                .containsOnly(Outcome.CREATED);
        assertThat(steps.get(0))
                .asString()
                .startsWith("created  topic " + catalogue.commands().name());
        for (TopicDefinition topic : catalogue.all()) {
            assertThat(admin.describeTopics(List.of(topic.name()))
                            .allTopicNames()
                            .get()
                            .get(topic.name())
                            .partitions())
                    .hasSize(2);
            Config config = config(topic);
            topic.configs()
                    .forEach((key, value) -> assertThat(config.get(key).value())
                            .as(topic.name() + " " + key)
                            .isEqualTo(value));
        }
    }

    @Test
    void doesNothingTheSecondTime() {
        topics.provision();

        assertThat(topics.provision())
                .hasSameSizeAs(catalogue.all())
                .extracting(ProvisioningStep::outcome)
                .containsOnly(Outcome.UNCHANGED);
        assertThatCode(topics::check).doesNotThrowAnyException();
    }

    @Test
    void createsOnlyWhatIsMissing() throws Exception {
        topics.provision();
        set(catalogue.results(), "retention.ms", "1000");
        admin.deleteTopics(List.of(catalogue.customers().name())).all().get();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !admin.listTopics()
                        .names()
                        .get()
                        .contains(catalogue.customers().name()));

        List<ProvisioningStep> steps = topics.provision();

        assertThat(steps)
                .filteredOn(step -> step.outcome() == Outcome.CREATED)
                .extracting(ProvisioningStep::what)
                .containsExactly("topic " + catalogue.customers().name());
        assertThat(config(catalogue.results()).get("retention.ms").value())
                .as("how long results are kept is the operator's to change")
                .isEqualTo("1000");
    }

    @Test
    void mayBeRunBySeveralAtOnce() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            Callable<List<ProvisioningStep>> run = topics::provision;
            List<Future<List<ProvisioningStep>>> runs = executor.invokeAll(List.of(run, run, run, run));
            int created = 0;
            for (Future<List<ProvisioningStep>> steps : runs) {
                created += (int) steps.get().stream()
                        .filter(step -> step.outcome() == Outcome.CREATED)
                        .count();
            }
            assertThat(created)
                    .as("each topic was created by one of them")
                    .isEqualTo(catalogue.all().size());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void saysWhatToDoAboutTopicsThatAreMissing() throws Exception {
        TopicMismatchException e = catchThrowableOfType(TopicMismatchException.class, topics::check);

        assertThat(e.differences())
                .hasSameSizeAs(catalogue.all())
                .allMatch(difference -> difference.contains("run ./standing topics"));
        assertThat(e).hasMessageContaining(catalogue.events().name());
        assertThat(admin.listTopics().names().get())
                .doesNotContain(catalogue.events().name());
    }

    @Test
    void listsEveryDifferenceAndWhatToDo() throws Exception {
        topics.provision();
        set(catalogue.commands(), "message.timestamp.type", "CreateTime");
        set(catalogue.events(), "retention.ms", "1000");
        set(catalogue.events(), "retention.bytes", "1000");
        set(catalogue.customers(), "cleanup.policy", "delete");
        set(catalogue.deadLetters(), "max.message.bytes", "1000");

        assertThat(catchThrowableOfType(TopicMismatchException.class, topics::provision)
                        .differences())
                .hasSize(5)
                .anySatisfy(difference -> assertThat(difference)
                        .contains(
                                catalogue.commands().name(),
                                "message.timestamp.type=CreateTime, not LogAppendTime",
                                "--add-config"))
                .anySatisfy(difference ->
                        assertThat(difference).contains(catalogue.events().name(), "retention.ms=1000, not -1"))
                .anySatisfy(difference ->
                        assertThat(difference).contains(catalogue.events().name(), "retention.bytes=1000, not -1"))
                .anySatisfy(difference -> assertThat(difference)
                        .contains(catalogue.customers().name(), "cleanup.policy=delete, not compact"))
                .anySatisfy(difference -> assertThat(difference)
                        .contains(catalogue.deadLetters().name(), "max.message.bytes=1000, not 2162688"));
        assertThatThrownBy(topics::check).isInstanceOf(TopicMismatchException.class);
    }

    @Test
    void acceptsMoreRoomForDeadLetters() throws Exception {
        topics.provision();
        set(catalogue.deadLetters(), "max.message.bytes", "9000000");

        assertThatCode(topics::check).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherNumberOfPartitionsAndCreatesNothing() throws Exception {
        admin.createTopics(List.of(new NewTopic(catalogue.results().name(), Optional.of(3), Optional.empty())))
                .all()
                .get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> admin.listTopics()
                        .names()
                        .get()
                        .contains(catalogue.results().name()));

        assertThatThrownBy(topics::provision)
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(catalogue.results().name() + " has 3 partitions, not 2")
                .hasMessageContaining("fixed for life");
        assertThat(admin.listTopics().names().get())
                .doesNotContain(catalogue.commands().name());
    }

    @Test
    void registersAllSchemasHeldToFullTransitive() {
        SchemaProvisioning schemas = new SchemaProvisioning(registry, catalogue);

        List<ProvisioningStep> first = schemas.provision();
        List<ProvisioningStep> second = new SchemaProvisioning(
                        new SchemaRegistryClient(Map.of(RegistryConfig.URL, platform.registryUrl())), catalogue)
                .provision();

        assertThat(first)
                .hasSize(12)
                .filteredOn(step -> step.outcome() == Outcome.CREATED)
                .hasSize(6);
        assertThat(second)
                .hasSize(12)
                .filteredOn(step -> step.outcome() == Outcome.UNCHANGED)
                .hasSize(6);
        String subject = catalogue.customers().valueSubject();
        assertThat(registry.versions(subject)).hasSize(1);
        assertThat(registry.latest(subject).orElseThrow().schema()).isEqualTo(Customer.getClassSchema());
        assertThatThrownBy(() -> registry.register(
                        subject,
                        SchemaBuilder.record("dev.standing.avro.Customer")
                                .fields()
                                .requiredInt("customerId")
                                .endRecord()))
                .isInstanceOf(RegistryRejectedException.class)
                .extracting(e -> ((RegistryRejectedException) e).kind())
                .isEqualTo(RegistryRejectedException.Kind.INCOMPATIBLE);
    }

    @Test
    void kafkaThatDoesNotAnswerIsNamed() {
        Map<String, Object> away =
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 200, "request.timeout.ms", 100);
        try (TopicProvisioning nobody = TopicProvisioning.connect(away, catalogue)) {
            assertThatThrownBy(nobody::check)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("Kafka at 127.0.0.1:1 does not answer");
        }
    }
}
