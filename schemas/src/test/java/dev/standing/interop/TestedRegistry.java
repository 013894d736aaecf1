package dev.standing.interop;

import dev.standing.embedded.EmbeddedPlatform;
import java.util.Optional;
import java.util.UUID;

/** The registry that the clients are compared at: the one at {@value #URL}, or else one that is started for the purpose. */
final class TestedRegistry implements AutoCloseable {

    /** A system property, such as {@code http://host:8080/apis/ccompat/v7}. */
    static final String URL = "standing.test.registry.url";

    private final Optional<EmbeddedPlatform> own;
    private final String url;

    private TestedRegistry(Optional<EmbeddedPlatform> own, String url) {
        this.own = own;
        this.url = url;
    }

    static TestedRegistry open() {
        String given = System.getProperty(URL, "");
        if (!given.isEmpty()) {
            return new TestedRegistry(Optional.empty(), given);
        }
        EmbeddedPlatform platform = EmbeddedPlatform.startTemporary();
        return new TestedRegistry(Optional.of(platform), platform.registryUrl());
    }

    String url() {
        return url;
    }

    /** A topic that nobody used before: the registry may be an old one. */
    static String topic() {
        return "interop-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        own.ifPresent(EmbeddedPlatform::close);
    }
}
