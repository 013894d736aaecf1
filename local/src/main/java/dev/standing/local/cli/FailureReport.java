package dev.standing.local.cli;

import dev.standing.audit.checkpoint.UnusableCheckpointException;
import dev.standing.audit.file.FileTrouble;
import dev.standing.audit.log.NoSuchPartitionException;
import dev.standing.domain.policy.InvalidPolicyException;
import dev.standing.gateway.access.UnusableKeyException;
import dev.standing.local.console.Console;
import dev.standing.local.imports.input.UnusableFileException;
import dev.standing.local.process.ProcessEnd;
import dev.standing.service.settings.InvalidSettingsException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people what went wrong, in one line, and decides the status that the process ends with. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private final Console console;
    private final ProcessEnd end;

    FailureReport(Console console, ProcessEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        console.error(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        console.error("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (end.hasBegun()) {
            // What was starting lost what it started on.
            LOG.info("Interrupted by the end of the process", failure);
            return ExitStatus.FAILED;
        }
        LOG.debug("{} failed", command.getCommandSpec().qualifiedName(), failure);
        console.error(console.bad("Error: ") + (isUsage(failure) ? failure.getMessage() : describe(failure)));
        if (debug(command)) {
            console.trace(failure);
        }
        return isUsage(failure) ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    private static boolean debug(CommandLine command) {
        return command.getCommandSpec().root().userObject() instanceof RootCommand root && root.debug();
    }

    private static boolean isUsage(Exception failure) {
        return failure instanceof InvalidSettingsException
                || failure instanceof InvalidPolicyException
                || failure instanceof UnusableFileException
                || failure instanceof UnusableKeyException
                || failure instanceof UnusableCheckpointException
                || failure instanceof NoSuchPartitionException
                || failure instanceof ConfigException;
    }

    private static String message(Throwable failure) {
        if (failure instanceof IOException trouble) {
            return FileTrouble.describe(trouble);
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** The messages from the outside to the root of the matter, each once. */
    static String describe(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (messages.stream().noneMatch(said -> said.contains(message))) {
                messages.add(message);
            }
        }
        return String.join(": ", messages);
    }
}
