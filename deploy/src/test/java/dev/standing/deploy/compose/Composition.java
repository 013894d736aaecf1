package dev.standing.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/** The containers of {@code docker-compose.yml}, under a name of their own, with their gateways on free ports. */
final class Composition implements AutoCloseable {

    /** The folder of docker-compose.yml, and of README.md. */
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** With the id of the run, by which a script removes what a run left that was killed. */
    private final String name = "standing-"
            + System.getProperty(
                    "standing.containers.run", UUID.randomUUID().toString().substring(0, 8));

    private final List<String> compose = composeCommand();
    private final Map<String, String> environment =
            Map.of("GATEWAY_1_PORT", "0", "GATEWAY_2_PORT", "0", "STANDING_IMAGE", "standing:" + name);

    /** Compose v2 if it is there, or else the old program. */
    private static List<String> composeCommand() {
        return finishes(List.of("docker", "compose", "version"))
                ? List.of("docker", "compose")
                : List.of("docker-compose");
    }

    /** Builds the image. */
    void build() {
        compose("build", "standing");
    }

    /** Starts what is not running, and waits until all of it is healthy. */
    void up() {
        compose("up", "-d");
        List.of("kafka-1", "registry", "processor-1", "processor-2", "gateway-1", "gateway-2")
                .forEach(this::awaitHealthy);
    }

    /** A command of {@code ./standing}, beside the services; what it prints. */
    String standing(String... command) {
        List<String> arguments = new ArrayList<>(List.of("run", "--rm", "-T", "standing"));
        arguments.addAll(List.of(command));
        return compose(arguments.toArray(String[]::new)).strip();
    }

    /** Tells a service to stop, and waits until it has stopped. */
    void stop(String service) {
        compose("stop", service);
    }

    /** Ends a service at once. */
    void kill(String service) {
        compose("kill", "-s", "SIGKILL", service);
    }

    /** Starts a service that has ended. */
    void start(String service) {
        compose("start", service);
    }

    /** Waits until a service says that it can do its work. */
    void awaitHealthy(String service) {
        String container = container(service);
        try {
            await(service + " is healthy")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        String health = docker("inspect", "--format", "{{.State.Health.Status}}", container);
                        return health.strip().equals("healthy");
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(logs(), e);
        }
    }

    /** Where a service's port is reached from here, such as {@code 127.0.0.1:32768}. */
    String address(String service, int port) {
        return compose("port", service, Integer.toString(port)).strip();
    }

    /** How many records a topic has, in all its partitions. */
    long records(String topic) {
        String offsets = docker(
                "exec",
                container("kafka-1"),
                "java",
                "-Xmx64m",
                "-cp",
                "/opt/kafka/libs/*",
                "org.apache.kafka.tools.GetOffsetShell",
                "--bootstrap-server",
                "kafka-1:9092",
                "--topic",
                topic);
        assertThat(offsets).contains(topic + ":0:");
        return offsets.lines()
                .filter(line -> line.startsWith(topic + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(':') + 1)))
                .sum();
    }

    /** The last lines that each service has written. */
    private String logs() {
        return compose("logs", "--no-color", "--tail", "100");
    }

    private String container(String service) {
        return compose("ps", "-q", service).strip();
    }

    private String compose(String... arguments) {
        List<String> command = new ArrayList<>(compose);
        command.addAll(
                List.of("-p", name, "-f", PROJECT.resolve("docker-compose.yml").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private String run(List<String> command) {
        return run(command, environment);
    }

    /**
     * What a command prints on its standard output.
     *
     * @throws AssertionError with all that it has written, if it fails or takes too long
     */
    static String run(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(PROJECT.toFile());
        builder.environment().putAll(environment);
        try (var readers = new Readers()) {
            Process process = builder.start();
            process.getOutputStream().close();
            Future<String> output = readers.read(process.getInputStream());
            Future<String> errors = readers.read(process.getErrorStream());
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            String printed = output.get(10, TimeUnit.SECONDS);
            assertThat(process.exitValue())
                    .as("%s wrote: %s%s", command, printed, errors.get(10, TimeUnit.SECONDS))
                    .isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(command.toString(), e);
        }
    }

    /** Read what a process writes, both at a time. */
    private static final class Readers implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(2);

        Future<String> read(InputStream stream) {
            return threads.submit(() -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    private static boolean finishes(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Removes its containers, networks, volumes and its image. */
    @Override
    public void close() {
        compose("down", "-v", "--remove-orphans", "-t", "2");
        docker("rmi", "-f", "standing:" + name);
    }
}
