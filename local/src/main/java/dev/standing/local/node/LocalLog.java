package dev.standing.local.node;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log of a local run: a file in the data directory, so that the console stays readable. */
public final class LocalLog {

    private static final String CONFIGURATION = "/logback-local.xml";
    private static final String DIRECTORY = "standing.logs";

    private LocalLog() {}

    /**
     * Sends all further logging to a file in a directory, unless the JVM was given a configuration of its
     * own for logging.
     *
     * @param directory created if missing
     * @return the file
     * @throws IllegalStateException if it cannot be written
     */
    public static Path into(Path directory) {
        Path file = directory.resolve("standing.log");
        if (System.getProperty("logback.configurationFile") != null
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return file;
        }
        context.reset();
        context.putProperty(DIRECTORY, directory.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(LocalLog.class.getResource(CONFIGURATION));
        } catch (JoranException e) {
            throw new IllegalStateException("Cannot log into " + directory, e);
        }
        return file;
    }
}
