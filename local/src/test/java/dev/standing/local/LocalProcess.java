package dev.standing.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.gateway.access.KeyCredential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code standing ...} as a process of its own, with the classes of this test; killed at the end. */
final class LocalProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVICE_URL = Pattern.compile("(?m)^READY {2}(\\S+)$");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path output;
    private final Optional<Path> credentials;
    private final long started = System.nanoTime();

    private LocalProcess(Process process, Path output, Optional<Path> credentials) {
        this.process = process;
        this.output = output;
        this.credentials = credentials;
    }

    /** Runs a command; standard output and standard error go to one file. */
    static LocalProcess run(Path directory, String... arguments) throws IOException {
        return run(directory, List.of(), arguments);
    }

    /** As above, with options of the JVM, which count more than those that it has anyway. */
    static LocalProcess run(Path directory, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Standing.class.getName()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "standing", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int data = command.indexOf("--data");
        return new LocalProcess(
                process,
                output,
                data < 0 ? Optional.empty() : Optional.of(Path.of(command.get(data + 1), "credentials")));
    }

    /** Runs {@code standing local} on free ports. */
    static LocalProcess local(Path directory, Path data, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("local", "--data", data.toString()));
        for (String port : List.of("--port", "--kafka-port", "--registry-port", "--query-port")) {
            if (!List.of(more).contains(port)) {
                arguments.addAll(List.of(port, "0"));
            }
        }
        arguments.addAll(List.of(more));
        return run(directory, arguments.toArray(String[]::new));
    }

    /** Waits until it says that it is ready. */
    LocalProcess awaitReady() {
        Awaitility.await("READY of " + output)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("It ended:\n" + output());
                    }
                    return output().contains("Ctrl-C stops it");
                });
        System.out.printf("READY after %.1f s%n", (System.nanoTime() - started) / 1e9);
        return this;
    }

    /** Waits until a service that runs alone says that it is ready. Returns where. */
    String awaitUrl() {
        return Awaitility.await("READY of " + output)
                .atMost(PATIENCE)
                .until(
                        () -> {
                            if (!process.isAlive()) {
                                throw new AssertionError("It ended:\n" + output());
                            }
                            return SERVICE_URL.matcher(output());
                        },
                        Matcher::find)
                .group(1);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end:\n" + output());
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** All that it printed so far. */
    String output() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new AssertionError("The output cannot be read", e);
        }
    }

    /** What follows a label in the lines after READY. */
    String address(String label) {
        String text = output();
        Matcher found =
                Pattern.compile("(?m)^  " + label + " {2,}(\\S+)$").matcher(text.substring(text.indexOf("READY")));
        if (!found.find()) {
            throw new AssertionError("No " + label + " in:\n" + text);
        }
        return found.group(1);
    }

    HttpResponse<String> postForResponse(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(postForResponse(path, body).body());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(request(path).GET()).body());
    }

    HttpResponse<String> delete(String path, String requestId) throws IOException, InterruptedException {
        return send(request(path).header("Idempotency-Key", requestId).DELETE());
    }

    /** The file that keeps its key. */
    Path credentials() {
        return credentials.orElseThrow();
    }

    /** The key that it made at its first start. */
    KeyCredential key() {
        try {
            return KeyCredential.ofText(Files.readString(credentials())).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError("It keeps no key", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address("HTTP") + path))
                .timeout(PATIENCE)
                .header("Authorization", key().basic());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** As Ctrl-C; the JVM has no call for it. */
    void interrupt() throws IOException, InterruptedException {
        signal("-INT");
    }

    /** As an operating system that shuts down. */
    void terminate() throws IOException, InterruptedException {
        signal("-TERM");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
        if (status != 0) {
            throw new AssertionError("kill " + signal + " ended with status " + status);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
