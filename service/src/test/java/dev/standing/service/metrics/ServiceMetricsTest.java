package dev.standing.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {

    private static final String PROMETHEUS_ACCEPTS =
            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

    private ServiceMetrics metrics;
    private Javalin server;

    @BeforeEach
    void start() {
        metrics = new ServiceMetrics();
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    metrics.addTo(config);
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
        metrics.close();
    }

    @Test
    void whatWasCountedIsToldInPrometheusTextFormat() throws Exception {
        metrics.registry().counter("standing.test", "kind", "good").increment(3);

        HttpResponse<String> answer = get("*/*");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines()).contains("standing_test_total{kind=\"good\"} 3.0");
    }

    @Test
    void whoAcceptsOpenMetricsGetsThem() throws Exception {
        HttpResponse<String> answer = get(PROMETHEUS_ACCEPTS);

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void theProcessTellsOfItsMemoryThreadsAndProcessorTime() throws Exception {
        assertThat(get("*/*").body())
                .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_cpu_usage");
    }

    @Test
    void servicesInOneProcessCountForThemselves() throws Exception {
        try (ServiceMetrics other = new ServiceMetrics()) {
            other.registry().counter("standing.elsewhere").increment();
        }

        assertThat(get("*/*").body()).doesNotContain("standing_elsewhere");
    }

    private HttpResponse<String> get(String accept) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + ServiceMetrics.PATH);
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", accept).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
