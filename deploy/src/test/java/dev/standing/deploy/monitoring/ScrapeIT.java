package dev.standing.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.deploy.monitoring.Scrape.Series;
import dev.standing.deploy.monitoring.Selector.LabelMatcher;
import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.gateway.GatewayService;
import dev.standing.local.node.Provisioning;
import dev.standing.processor.ProcessorService;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and alerts ask for nothing that services do not tell. */
class ScrapeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What services tell only when something is wrong, which is not made to happen here. */
    private static final Map<String, String> ONLY_WHEN_WRONG = Map.of(
            "status=\"500\"", "a defect of the gateway",
            "status=\"503\"", "Kafka is away",
            "status=\"202\"", "the processor is away",
            "outcome=\"UNAVAILABLE\"", "the issuer of tokens is away",
            "outcome=~\"UNAUTHENTICATED|FORBIDDEN|TOO_MANY_REQUESTS\"", "somebody is not let in");

    /** Labels that Prometheus, an alert or the other side of an expression adds. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    @TempDir
    private Path directory;

    @Test
    void everyMetricAndLabelIsInARealScrape() throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.startTemporary()) {
            Settings settings = Settings.of(Map.of(
                    "kafka.bootstrap.servers", platform.bootstrapServers(),
                    "schema.registry.url", platform.registryUrl(),
                    "topics.partitions", "2",
                    "processor.state.dir", directory.toString(),
                    "processor.query.port", "0",
                    "gateway.port", "0",
                    "gateway.open", "true"));
            Provisioning.provision(ConnectionSettings.from(settings, Provisioning.SERVICES), step -> {});
            try (ProcessorService processor = ProcessorService.start(settings);
                    GatewayService gateway =
                            GatewayService.start(settings.with(Map.of("gateway.processors", processor.url())))) {
                await().atMost(PATIENCE).until(() -> processor.obstacles().isEmpty());
                use(gateway.url());
                // Whatever is measured of the collector is measured when it has run.
                System.gc();

                // What Kafka's clients tell appears within ten seconds.
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(2))
                        .untilAsserted(() -> assertThat(findings(scrape("standing-processor", processor.url())
                                        .and(scrape("standing-gateway", gateway.url()))))
                                .isEmpty());
            }
        }
    }

    /** Has all that is asked for happen once: a rejection, a repetition, a planned change and a cascade. */
    private static void use(String gateway) throws IOException, InterruptedException {
        String registration = "{\"requestId\": \"r-1\", \"customerId\": \"c\"}";
        post(gateway + "/v1/customers", registration, 201);
        post(gateway + "/v1/customers", registration, 201);
        post(gateway + "/v1/customers/state", change("r-2", "noSuchReason", Instant.now(), false), 422);
        post(
                gateway + "/v1/customers/c/subordinates",
                "{\"requestId\": \"r-3\", \"subordinates\": [{\"type\": \"ACCOUNT\", \"id\": \"a\"}]}",
                201);
        Instant soon = Instant.now().plusSeconds(2);
        post(gateway + "/v1/customers/state", change("r-4", "nonPayment", soon, true), 200);
    }

    private static String change(String requestId, String reason, Instant validFrom, boolean cascades) {
        return """
                {"requestId": "%s", "customer": {"refId": "c"}, "subordinateUpdated": %s,
                  "state": {"state": "SUSPENDED", "stateReason": "%s", "stateValidFrom": "%s"}}""".formatted(requestId, cascades, reason, validFrom);
    }

    private static void post(String url, String body, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static Scrape scrape(String job, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return Scrape.of(
                job,
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private static List<String> findings(Scrape scrape) {
        List<String> findings = new ArrayList<>();
        for (Expression expression : Expression.all()) {
            Set<String> labels = new HashSet<>(ADDED);
            for (Selector selector : Selector.of(expression.text())) {
                List<LabelMatcher> matchers = selector.matchers().stream()
                        .filter(matcher -> !ONLY_WHEN_WRONG.containsKey(matcher.toString()))
                        .toList();
                List<Series> series = scrape.of(selector.metric()).stream()
                        .filter(it -> matchers.stream().allMatch(matcher -> matcher.test(it.labels())))
                        .toList();
                if (series.isEmpty()) {
                    findings.add(expression.where() + ": there is no " + selector.metric() + matchers);
                }
                Set<String> own = new HashSet<>();
                series.forEach(it -> own.addAll(it.labels().keySet()));
                selector.matchers().stream()
                        .map(LabelMatcher::label)
                        .filter(label -> !own.contains(label))
                        .forEach(label ->
                                findings.add(expression.where() + ": " + selector.metric() + " has no " + label));
                labels.addAll(own);
            }
            Selector.groupings(expression.text()).stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> findings.add(expression.where() + ": nothing to group by " + label));
            LEGEND.matcher(expression.legend())
                    .results()
                    .map(legend -> legend.group(1))
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> findings.add(expression.where() + ": nothing to name by " + label));
        }
        return findings;
    }
}
