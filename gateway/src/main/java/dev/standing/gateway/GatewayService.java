package dev.standing.gateway;

import dev.standing.gateway.http.Entrance;
import dev.standing.gateway.http.HttpServer;
import dev.standing.gateway.http.HttpServerSettings;
import dev.standing.gateway.http.Route;
import dev.standing.gateway.jsonrpc.JsonRpcEndpoint;
import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.gateway.query.CustomerQueries;
import dev.standing.gateway.query.ProcessorQueries;
import dev.standing.gateway.query.QuerySettings;
import dev.standing.gateway.reply.ChannelSettings;
import dev.standing.gateway.reply.KafkaCommandChannel;
import dev.standing.gateway.rest.RestRoutes;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.metrics.ServiceMetrics;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway. Safe for use by many threads. */
public final class GatewayService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayService.class);
    /** Shorter than the patience of those who wait behind a dead client, longer than a hiccup of a network. */
    private static final Duration IDLE = Duration.ofSeconds(12);

    private static final Duration DRAIN = Duration.ofMillis(800);
    private static final Duration LAST_ANSWERS = Duration.ofMillis(400);

    private final GatewaySettings settings;
    private final SchemaRegistryClient registry;
    private final KafkaCommandChannel channel;
    private final ProcessorQueries queries;
    private final HttpServer server;
    private final ServiceMetrics serviceMetrics;

    private GatewayService(
            GatewaySettings settings,
            SchemaRegistryClient registry,
            KafkaCommandChannel channel,
            ProcessorQueries queries,
            HttpServer server,
            ServiceMetrics serviceMetrics) {
        this.settings = settings;
        this.registry = registry;
        this.channel = channel;
        this.queries = queries;
        this.server = server;
        this.serviceMetrics = serviceMetrics;
    }

    /**
     * Starts a gateway. When this returns, it listens, and misses no result.
     *
     * @throws dev.standing.service.settings.InvalidSettingsException if a setting is unknown, malformed or out of range
     * @throws dev.standing.topics.TopicMismatchException if the topics are not as they have to be
     * @throws dev.standing.gateway.http.PortUnavailableException if it cannot listen
     * @throws org.apache.kafka.common.KafkaException if Kafka or the registry do not answer, or refuse
     */
    public static GatewayService start(Settings settings) {
        GeneratedClasses.trust();
        ConnectionSettings connections =
                ConnectionSettings.from(settings, List.of(GatewaySettings.PREFIX, "processor."));
        GatewaySettings own = GatewaySettings.from(settings);
        TopicCatalogue topics = new TopicCatalogue(
                connections.topicPrefix(), connections.partitions(), connections.replicationFactor());
        checkTopics(connections, topics);
        SchemaRegistryClient registry = new SchemaRegistryClient(connections.registry());
        try {
            return start(own, connections, topics, registry);
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private static void checkTopics(ConnectionSettings connections, TopicCatalogue topics) {
        try (TopicProvisioning provisioning = TopicProvisioning.connect(connections.kafka(), topics)) {
            provisioning.check();
        }
    }

    private static GatewayService start(
            GatewaySettings settings,
            ConnectionSettings connections,
            TopicCatalogue topics,
            SchemaRegistryClient registry) {
        ServiceMetrics serviceMetrics = new ServiceMetrics();
        GatewayMetrics metrics = new GatewayMetrics(serviceMetrics.registry());
        try {
            return start(settings, connections, topics, registry, serviceMetrics, metrics);
        } catch (RuntimeException e) {
            serviceMetrics.close();
            throw e;
        }
    }

    private static GatewayService start(
            GatewaySettings settings,
            ConnectionSettings connections,
            TopicCatalogue topics,
            SchemaRegistryClient registry,
            ServiceMetrics serviceMetrics,
            GatewayMetrics metrics) {
        KafkaCommandChannel channel = KafkaCommandChannel.open(
                connections.kafka(),
                registry,
                topics,
                new ChannelSettings(settings.replyTimeout(), settings.maxWaiting()),
                Clock.systemUTC(),
                metrics);
        try {
            ProcessorQueries queries = new ProcessorQueries(
                    new QuerySettings(settings.processors(), settings.queryTimeout(), settings.maxQueries()));
            HttpServer server = HttpServer.start(
                    new HttpServerSettings(
                            settings.host(),
                            settings.port(),
                            settings.tls(),
                            settings.maxBodyBytes(),
                            settings.bodyMemoryBytes(),
                            settings.maxConnections(),
                            settings.maxThreads(),
                            IDLE,
                            LAST_ANSWERS),
                    Entrance.open(),
                    routes(channel, queries),
                    () -> obstacles(channel),
                    serviceMetrics,
                    metrics);
            GatewayService service = new GatewayService(settings, registry, channel, queries, server, serviceMetrics);
            LOG.warn(
                    "The gateway listens on {} and authenticates nobody: whoever reaches it can change customers",
                    service.url());
            return service;
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static List<Route> routes(KafkaCommandChannel channel, CustomerQueries queries) {
        List<Route> routes = new ArrayList<>(RestRoutes.all(channel, queries));
        routes.add(
                Route.post(JsonRpcEndpoint.PATH, JsonRpcEndpoint.netXd(channel)).openTo());
        return routes;
    }

    private static List<String> obstacles(KafkaCommandChannel channel) {
        return channel.obstacle().stream().toList();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Where it is reached, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return (settings.tls().isPresent() ? "https://" : "http://") + host + ":" + port();
    }

    /** What keeps it from doing its work, for people; empty: nothing. */
    public List<String> obstacles() {
        return obstacles(channel);
    }

    /** Takes no more requests, and lets those that wait have their results, for a second at most. */
    public void drain() {
        server.stopAccepting();
        channel.drain(DRAIN);
    }

    /** Drains, and ends: within two seconds. After a {@link #drain} it needs no processor any more. */
    @Override
    public void close() {
        drain();
        queries.close();
        server.close();
        channel.close();
        registry.close();
        serviceMetrics.close();
    }
}
