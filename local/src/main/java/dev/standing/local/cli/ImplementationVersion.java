package dev.standing.local.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar that runs. */
final class ImplementationVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(
                        ImplementationVersion.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"Standing " + version, "Java " + Runtime.version() + ", " + System.getProperty("os.name")};
    }
}
