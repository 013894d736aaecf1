package dev.standing.local.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Progress;
import dev.standing.local.console.Console;
import dev.standing.local.node.Provisioning;
import dev.standing.service.settings.ConnectionSettings;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What all commands of an audit take: where the log is, and how the answer is given. */
final class AuditOptions {

    private static final int MAX_THREADS = 64;

    private final Console console;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many partitions are read at the same time (default: as many as there are processors).")
    private int threads;

    @Option(names = "--json", description = "Answer in JSON, for machines.")
    private boolean json;

    AuditOptions(Console console) {
        this.console = console;
    }

    /** The settings of the file and of the environment. */
    dev.standing.service.settings.Settings settings() {
        return configuration.settings();
    }

    /** How Kafka and the registry are reached. */
    ConnectionSettings connection() {
        return ConnectionSettings.from(configuration.settings(), Provisioning.SERVICES);
    }

    /** The log, to be closed by the caller. */
    AuditLog open() {
        if (System.getProperty("logback.configurationFile") == null
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            // Their clients tell of each attempt; what came of all of them is told in the end.
            logging.getLogger("org.apache.kafka").setLevel(Level.OFF);
            logging.getLogger("dev.standing.registry").setLevel(Level.OFF);
        }
        return AuditLog.open(connection());
    }

    /** How many partitions are read at the same time. */
    int threads() {
        if (threads < 0 || threads > MAX_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads must be from 1 to " + MAX_THREADS);
        }
        return threads == 0 ? Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()) : threads;
    }

    /** Whether the answer is for machines. */
    boolean json() {
        return json;
    }

    /** A bar, where somebody sits at a terminal. */
    Progress progress() {
        return console.columns() > 0 ? new AuditBar(console) : Progress.NONE;
    }

    /** Prints the answer for machines. */
    void print(JsonNode answer) {
        console.line(answer.toPrettyString());
    }

    /** What a wrong option is told with: picocli's own way. */
    static <T> T parsed(CommandSpec spec, String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}
