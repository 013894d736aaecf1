package dev.standing.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A process with a broker and a registry, which says where they are and runs until its input ends. */
final class PlatformProcess {

    private PlatformProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(Path.of(arguments[0]), 0));
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            System.out.println(broker.bootstrapServers());
            System.out.println(registry.url());
            System.in.read();
        }
    }
}
