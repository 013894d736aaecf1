package dev.standing.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers who come at a steady rate, however others fare. Each is registered and then suspended; a request without a
 * final answer is sent again, with the same requestId, until it has one.
 */
public final class SteadyLoad implements AutoCloseable {

    /** Longer than any answer may take; what takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LONGEST_PAUSE_SECONDS = 4;
    private static final Set<Integer> FINAL = Set.of(200, 201);
    private static final Set<Integer> TRY_AGAIN = Set.of(202, 503);

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2);
    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).executor(threads).build();
    private final String url;
    private final String prefix;
    private final String[] headers;
    private final AtomicInteger customers = new AtomicInteger();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Future<?> coming;

    /** Customers come from now on. */
    SteadyLoad(String url, int customersPerSecond) {
        this(url, "c-", customersPerSecond);
    }

    /**
     * Customers come from now on.
     *
     * @param prefix what the names of these customers begin with
     * @param headers names and values in turn
     */
    public SteadyLoad(String url, String prefix, int customersPerSecond, String... headers) {
        this.url = url;
        this.prefix = prefix;
        this.headers = headers.clone();
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.coming = threads.scheduleAtFixedRate(
                this::come, 0, TimeUnit.SECONDS.toNanos(1) / customersPerSecond, TimeUnit.NANOSECONDS);
    }

    /**
     * An answer.
     *
     * @param sent when the request was sent, as {@link System#nanoTime} tells it
     * @param answered when the answer was there
     */
    public record Told(String requestId, int status, long sent, long answered) {

        public Duration took() {
            return Duration.ofNanos(answered - sent);
        }
    }

    /** What a customer wants; then perhaps the next. */
    private record Wish(String requestId, HttpRequest request, Optional<Wish> next) {}

    private void come() {
        String customer = prefix + customers.getAndIncrement();
        Wish suspension = wish(
                customer + "-suspended", "/v1/customers/state", """
                {"requestId": "%s-suspended", "customer": {"refId": "%s"},
                 "state": {"state": "SUSPENDED", "stateReason": "dfltSuspended"}}""".formatted(customer, customer), Optional.empty());
        String registration = "{\"requestId\":\"%s-registered\",\"customerId\":\"%s\"}".formatted(customer, customer);
        send(wish(customer + "-registered", "/v1/customers", registration, Optional.of(suspension)), 0);
    }

    private Wish wish(String requestId, String path, String body, Optional<Wish> next) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Wish(requestId, request.build(), next);
    }

    private void send(Wish wish, int before) {
        sent.add(wish.requestId());
        long start = System.nanoTime();
        var unused = http.sendAsync(wish.request(), BodyHandlers.ofString()).whenComplete((response, failure) -> {
            if (failure == null) {
                told.add(new Told(wish.requestId(), response.statusCode(), start, System.nanoTime()));
                answered(wish, response, before);
            } else if (failure.getCause() instanceof HttpTimeoutException || failure instanceof HttpTimeoutException) {
                wrong.add(wish.requestId() + " got no answer");
            } else {
                // The server may close a connection just when the client uses it again.
                lost.incrementAndGet();
                again(wish, before);
            }
        });
    }

    private void answered(Wish wish, HttpResponse<String> response, int before) {
        if (FINAL.contains(response.statusCode())) {
            served.add(wish.requestId());
            wish.next().ifPresent(next -> send(next, 0));
        } else if (TRY_AGAIN.contains(response.statusCode())) {
            again(wish, before);
        } else {
            wrong.add(wish.requestId() + " got " + response.statusCode() + " " + response.body());
        }
    }

    private void again(Wish wish, int before) {
        var unused = threads.schedule(
                () -> send(wish, before + 1), Math.min(LONGEST_PAUSE_SECONDS, 1L << before), TimeUnit.SECONDS);
    }

    /** No more customers come; those who are there go on until they are served. */
    public void endComing() {
        coming.cancel(false);
    }

    /** Whether all customers have what they wanted. */
    public boolean allServed() {
        return served.size() == 2 * customers.get();
    }

    /** The ids of all requests. */
    public Set<String> requests() {
        return sent;
    }

    /** All answers so far, about in their order. */
    public Queue<Told> told() {
        return told;
    }

    /** What should not have been: other answers, and none at all. */
    public Queue<String> wrong() {
        return wrong;
    }

    /** How often a connection ended without an answer. */
    public int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
