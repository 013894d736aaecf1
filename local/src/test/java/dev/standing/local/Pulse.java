package dev.standing.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks something twice a second, and notes how long answers take. */
final class Pulse implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(500);

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<Long> took = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /** Expects one of these statuses, within this time. */
    Pulse(String url, Set<Integer> expected, Duration patience) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(patience).build();
        var unused =
                threads.scheduleAtFixedRate(() -> beat(request, expected), 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat(HttpRequest request, Set<Integer> expected) {
        long start = System.nanoTime();
        var unused = http.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
            took.add(System.nanoTime() - start);
            if (failure != null) {
                wrong.add(request.uri() + ": " + failure);
            } else if (!expected.contains(response.statusCode())) {
                wrong.add(request.uri() + ": " + response.statusCode());
            }
        });
    }

    /** What should not have been: other answers, and none in time. */
    Queue<String> wrong() {
        return wrong;
    }

    /** For people. */
    String longest() {
        return "%d answers, the slowest after %.0f ms"
                .formatted(
                        took.size(),
                        took.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
