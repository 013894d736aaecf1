package dev.standing.processor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.standing.processor.intake.SchemaFetcher.Availability;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as a registry does when all is not well. */
class SchemaFetcherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SchemaKey KEY = new SchemaKey.Id(7);

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private HttpServer server;
    private SchemaRegistryClient client;
    private SchemaFetcher fetcher;
    private volatile int status;
    private volatile String body;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                mayAnswer.await();
                byte[] bytes = body.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        client = new SchemaRegistryClient(Map.of(
                "schema.registry.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "schema.registry.retries",
                "0"));
        fetcher = new SchemaFetcher(client);
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        fetcher.close();
        client.close();
        server.stop(0);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"schema\": \"\\\"string\\\"\"}                       | AVAILABLE",
                "200 | {\"schema\": \"{}\", \"schemaType\": \"JSON\"}        | UNUSABLE",
                "404 | {\"error_code\": 40403, \"message\": \"not found\"}  | UNUSABLE",
                "404 | nothing here                                       | AWAITED",
                "401 | {\"error_code\": 40101, \"message\": \"who?\"}       | AWAITED",
                "403 | {\"error_code\": 40301, \"message\": \"no\"}         | AWAITED",
                "503 | away                                               | AWAITED",
            })
    void whatTheRegistrySaysDecidesWhetherACommandWaits(int answer, String text, Availability expected) {
        status = answer;
        body = text;
        mayAnswer.countDown();

        assertThat(fetcher.availability(KEY, PATIENCE)).isEqualTo(expected);
    }

    @Test
    void aRegistryThatDoesNotAnswerHoldsNobodyUpAndIsAskedInTheBackground() {
        status = 200;
        body = "{\"schema\": \"\\\"string\\\"\"}";

        assertThat(fetcher.availability(KEY, Duration.ZERO)).isEqualTo(Availability.AWAITED);

        mayAnswer.countDown();
        await().atMost(PATIENCE).until(() -> fetcher.availability(KEY, Duration.ZERO) == Availability.AVAILABLE);
    }
}
