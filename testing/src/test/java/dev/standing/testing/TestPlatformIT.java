package dev.standing.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnAnyPlatform
class TestPlatformIT {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private TestPlatform platform;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void theBrokerBehavesAsTheEmbeddedOneDoesWhereTimeIsConcerned() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = admin()) {
            assertThat(admin.describeConfigs(List.of(broker)).all().get().get(broker).entries().stream()
                            .map(entry -> entry.name() + "=" + entry.value()))
                    .contains(
                            "auto.create.topics.enable=false",
                            "group.initial.rebalance.delay.ms=0",
                            "group.min.session.timeout.ms=6000",
                            "transaction.abort.timed.out.transaction.cleanup.interval.ms=500",
                            "add.partitions.to.txn.retry.backoff.ms=1");
        }
    }

    @Test
    void theBrokerIsAwayAndBackWithItsData() throws Exception {
        String topic = platform.topicPrefix() + "kept";
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }

        platform.takeBrokerAway();
        try (Admin admin = admin()) {
            KafkaFuture<Set<String>> topics = admin.listTopics().names();
            assertThatThrownBy(() -> topics.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            platform.bringBrokerBack();
            assertThat(topics.get(30, TimeUnit.SECONDS)).contains(topic);
        }
    }

    @Test
    void theRegistryIsAwayAndBackWithItsSchemas() throws Exception {
        String subject = "/subjects/" + platform.topicPrefix() + "kept/versions";
        assertThat(send(HttpRequest.newBuilder(URI.create(platform.registryUrl() + subject))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))))
                .contains("\"id\"");

        platform.takeRegistryAway();
        assertThatThrownBy(() -> get(subject)).isInstanceOf(IOException.class);
        platform.bringRegistryBack();

        assertThat(get(subject)).isEqualTo("[1]");
    }

    @Test
    void whatWasTakenAwayFromATestIsThereForTheNext() throws Exception {
        platform.takeBrokerAway();
        platform.takeRegistryAway();
        platform.close();
        platform = TestPlatform.start();

        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(get("/subjects")).startsWith("[");
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()));
    }

    private String get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(platform.registryUrl() + path)));
    }

    private String send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(3)).build(), BodyHandlers.ofString())
                .body();
    }
}
