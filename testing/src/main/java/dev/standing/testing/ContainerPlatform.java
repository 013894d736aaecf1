package dev.standing.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** What one test has of the containers that all tests of this JVM share: names of its own. */
final class ContainerPlatform implements TestPlatform {

    private static final AtomicInteger LEASES = new AtomicInteger();

    private final Containers containers;
    private final String topicPrefix = "standing-" + LEASES.incrementAndGet() + ".";

    private ContainerPlatform(Containers containers) {
        this.containers = containers;
    }

    /** A lease of the containers, which are started for the first of them. */
    static ContainerPlatform lease() {
        return new ContainerPlatform(Containers.running());
    }

    @Override
    public String bootstrapServers() {
        return containers.bootstrapServers();
    }

    @Override
    public String registryUrl() {
        return containers.registryUrl();
    }

    @Override
    public String topicPrefix() {
        return topicPrefix;
    }

    @Override
    public void takeBrokerAway() {
        containers.broker().freeze();
    }

    @Override
    public void bringBrokerBack() {
        containers.broker().thaw();
    }

    @Override
    public void takeRegistryAway() {
        containers.registry().freeze();
    }

    @Override
    public void bringRegistryBack() {
        containers.registry().thaw();
    }

    @Override
    public void close() {
        containers.broker().thaw();
        containers.registry().thaw();
    }
}
