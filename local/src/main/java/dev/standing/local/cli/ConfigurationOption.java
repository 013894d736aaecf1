package dev.standing.local.cli;

import dev.standing.service.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for the commands that run against any Kafka. */
final class ConfigurationOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with settings; without one, those of the environment and the defaults hold.")
    private @Nullable Path file;

    /** The settings of the file and of the environment. */
    Settings settings() {
        return Settings.read(Optional.ofNullable(file), System.getenv());
    }
}
