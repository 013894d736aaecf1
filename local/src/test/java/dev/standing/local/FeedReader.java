package dev.standing.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows the live feed of a gateway from the earliest event on. It hangs up every few seconds, and comes back with the id
 * of the last event that it got; nothing is dropped that came twice.
 */
final class FeedReader implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long STAY_NANOS = Duration.ofSeconds(4).toNanos();

    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final URI feed;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "feed-reader");
    private volatile boolean stopping;
    private String last = "earliest";

    /** Follows from now on. */
    FeedReader(String url) {
        this.feed = URI.create(url + "/v1/events");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                visit();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private void visit() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(feed)
                .timeout(PATIENCE)
                .header("Last-Event-ID", last)
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() == 200) {
                visits.incrementAndGet();
                follow(lines);
            } else if (response.statusCode() == 503) {
                refused.incrementAndGet();
                TimeUnit.SECONDS.sleep(1); // As it is told to.
            } else {
                throw new IOException("the feed is " + response.statusCode());
            }
        }
    }

    /** Heartbeats come every few seconds, so that it does not stay for much longer than it wants to. */
    private void follow(BufferedReader lines) throws IOException {
        long start = System.nanoTime();
        String id = last;
        String event = "";
        while (!stopping && System.nanoTime() - start < STAY_NANOS) {
            String line = lines.readLine();
            if (line == null) {
                return;
            }
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                JsonNode data = MAPPER.readTree(line.substring("data: ".length()));
                event = data.path("eventId").asText();
            } else if (line.isEmpty()) {
                last = id;
                if (!event.isEmpty()) {
                    events.add(event);
                }
                event = "";
            }
        }
    }

    /** The ids of all events so far, one stream after the other, as they came. */
    List<String> events() {
        return events;
    }

    /** What should not have been. */
    Queue<String> wrong() {
        return wrong;
    }

    /** How often it followed, and how often it was refused. For people. */
    String visits() {
        return visits + " visits, refused " + refused + " times";
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
