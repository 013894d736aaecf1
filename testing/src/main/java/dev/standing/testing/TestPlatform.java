package dev.standing.testing;

/**
 * A broker and a registry for tests, which can be away for a while.
 *
 * <p>The system property {@value #PROPERTY} tells where they are: {@code embedded}, in this JVM, which is the default,
 * or {@code containers}, where Apache Kafka and Apicurio Registry run as they are published. An embedded platform
 * belongs to the test that started it. The containers are shared by all tests of a JVM, so a test keeps to topics,
 * subjects and ids that begin with {@link #topicPrefix()}.
 *
 * <p>All methods may be called from any thread; only one test at a time may take something away.
 */
public interface TestPlatform extends AutoCloseable {

    /** The system property that tells where broker and registry are. */
    String PROPERTY = "standing.test.platform";

    /**
     * The platform that was chosen.
     *
     * @return one without topics and schemas under its prefix
     * @throws IllegalArgumentException if {@value #PROPERTY} is neither {@code embedded} nor {@code containers}
     * @throws IllegalStateException if there is no Docker engine and containers were chosen
     */
    static TestPlatform start() {
        return PlatformChoice.made() == PlatformChoice.CONTAINERS ? ContainerPlatform.lease() : embedded();
    }

    /**
     * An embedded platform, whatever was chosen: for tests that stop a broker and start it again with its data.
     *
     * @return one without topics and schemas
     */
    static TestPlatform embedded() {
        return new EmbeddedTestPlatform();
    }

    /**
     * Where clients of Kafka connect.
     *
     * @return host and port, as {@code bootstrap.servers} takes them
     */
    String bootstrapServers();

    /**
     * Where clients of the registry connect.
     *
     * @return the value of their {@code schema.registry.url}
     */
    String registryUrl();

    /**
     * What the names of topics begin with.
     *
     * @return the value of {@code topics.prefix}; no other test on the same broker has the same
     */
    String topicPrefix();

    /**
     * From now on the broker answers nobody: an embedded one is stopped in order, and one in a container is frozen, with
     * its connections left open.
     */
    void takeBrokerAway();

    /** The broker answers again, at the same address and with its data. */
    void bringBrokerBack();

    /** From now on the registry answers nobody, as {@link #takeBrokerAway()} says of the broker. */
    void takeRegistryAway();

    /** The registry answers again, at the same address and with its schemas. */
    void bringRegistryBack();

    /** Stops what this test alone has; containers go on, and whatever was taken away from them is back. */
    @Override
    void close();
}
