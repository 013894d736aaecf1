package dev.standing.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process with the classes of this test, killed at the end; what it writes to stderr goes to a file. */
record ChildJvm(Process process, BufferedReader output, Path errors) implements AutoCloseable {

    static ChildJvm run(Path directory, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            // Kafka unmaps its indexes through Unsafe, of which the JVM itself warns from 24 on.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-Dlogback.configurationFile=logback-silent.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "child", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new ChildJvm(process, process.inputReader(StandardCharsets.UTF_8), errors);
    }

    /** The next line that it prints, or null at its end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** As {@code kill -9}, and waits for the end. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        kill();
        output.close();
    }
}
