package dev.standing.testing;

import org.testcontainers.containers.GenericContainer;

/** Stops all processes of a container in midst of what they do, and lets them go on. */
final class Freezer {

    private final GenericContainer<?> container;
    private boolean frozen;

    Freezer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Whoever is connected stays connected, and waits. Without effect on what is frozen. */
    synchronized void freeze() {
        if (!frozen) {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
            frozen = true;
        }
    }

    /** Without effect on what is not frozen. */
    synchronized void thaw() {
        if (frozen) {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
            frozen = false;
        }
    }
}
