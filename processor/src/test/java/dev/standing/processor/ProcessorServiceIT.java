package dev.standing.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.ResultStatus;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.serde.WireFormat;
import dev.standing.service.settings.Settings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.TopicMismatchException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor on a real broker and a real registry. */
@OnAnyPlatform
class ProcessorServiceIT {

    private static TestPlatform platform;

    @TempDir
    Path stateDirectory;

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
    void itIsReadyWhenItProcessesAndTellsSoOverHttp() throws Exception {
        try (ProcessorService processor = start()) {
            await().atMost(Deployment.PATIENCE)
                    .until(() -> processor.obstacles().isEmpty());

            URI ready = URI.create("http://127.0.0.1:" + processor.port() + "/health/ready");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatCannotBeAnsweredGoesToTheDeadLettersAndTheNextCommandIsAnswered() {
        byte[] noise = new byte[100];
        new Random(1).nextBytes(noise);
        noise[0] = 1;
        byte[] unknownSchema = WireFormat.frame(987_654, new byte[] {1, 2, 3});
        String commands = deployment.topics.commands().name();
        try (ProcessorService processor = start()) {
            deployment.send(new ProducerRecord<>(commands, 2, null, noise));
            deployment.send(new ProducerRecord<>(commands, "c-1".getBytes(UTF_8), unknownSchema));
            deployment.send(registration());

            List<CommandResult> results = deployment.awaitResults(1);

            assertThat(results.get(0).getStatus()).isEqualTo(ResultStatus.REGISTERED);
            List<ConsumerRecord<byte[], byte[]>> letters = await().atMost(Deployment.PATIENCE)
                    .until(() -> deployment.read(deployment.topics.deadLetters().name()), found -> found.size() >= 2);
            assertThat(letters).extracting(ConsumerRecord::value).containsExactlyInAnyOrder(noise, unknownSchema);
            assertThat(letters)
                    .allMatch(letter -> HeaderText.read(letter.headers(), HeaderNames.DLQ_REASON)
                            .equals(Optional.of("UNDECODABLE")));
            await().atMost(Deployment.PATIENCE)
                    .until(() -> processor.obstacles().isEmpty());
        }
    }

    @Test
    void aMismatchOfTheTopicsIsToldAtStart() {
        assertThatThrownBy(() -> ProcessorService.start(settings().with(Map.of("topics.partitions", "5"))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(deployment.topics.commands().name());
        assertThatThrownBy(() -> ProcessorService.start(settings().with(Map.of("topics.prefix", "none."))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("none.commands");
    }

    private ProcessorService start() {
        return ProcessorService.start(settings());
    }

    private Settings settings() {
        return deployment.settings(stateDirectory);
    }

    private static CustomerCommand registration() {
        return CustomerCommand.newBuilder()
                .setCommandId("cmd-1")
                .setCustomerId("c-1")
                .setRequestId("r-1")
                .setSource("test")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }
}
