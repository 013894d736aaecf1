package dev.standing.testing;

import dev.standing.embedded.EmbeddedPlatform;

/** A broker and a registry in this JVM, of one test alone. */
final class EmbeddedTestPlatform implements TestPlatform {

    private final EmbeddedPlatform platform = EmbeddedPlatform.startTemporary();

    @Override
    public String bootstrapServers() {
        return platform.bootstrapServers();
    }

    @Override
    public String registryUrl() {
        return platform.registryUrl();
    }

    @Override
    public String topicPrefix() {
        return "standing.";
    }

    @Override
    public void takeBrokerAway() {
        platform.stopBroker();
    }

    @Override
    public void bringBrokerBack() {
        platform.startBroker();
    }

    @Override
    public void takeRegistryAway() {
        platform.stopRegistry();
    }

    @Override
    public void bringRegistryBack() {
        platform.startRegistry();
    }

    @Override
    public void close() {
        platform.close();
    }
}
