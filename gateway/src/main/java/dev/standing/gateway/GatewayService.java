package dev.standing.gateway;

import dev.standing.gateway.access.Access;
import dev.standing.gateway.access.Gate;
import dev.standing.gateway.docs.DocumentationRoutes;
import dev.standing.gateway.feed.EventFeed;
import dev.standing.gateway.feed.FeedEndpoint;
import dev.standing.gateway.http.GuardedEntrance;
import dev.standing.gateway.http.HttpServer;
import dev.standing.gateway.http.HttpServerSettings;
import dev.standing.gateway.http.Route;
import dev.standing.gateway.jsonrpc.JsonRpcEndpoint;
import dev.standing.gateway.metrics.GatewayMetrics;
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
    private final StartedParts parts;
    private final KafkaCommandChannel channel;
    private final ProcessorQueries queries;
    private final EventFeed feed;
    private final HttpServer server;

    private GatewayService(
            GatewaySettings settings,
            StartedParts parts,
            KafkaCommandChannel channel,
            ProcessorQueries queries,
            EventFeed feed,
            HttpServer server) {
        this.settings = settings;
        this.parts = parts;
        this.channel = channel;
        this.queries = queries;
        this.feed = feed;
        this.server = server;
    }

    /**
     * Starts a gateway. When this returns, it listens, and misses no result.
     *
     * @throws dev.standing.service.settings.InvalidSettingsException if a setting is unknown, malformed or out of range,
     *     or a file that it names is not what it should be
     * @throws dev.standing.topics.TopicMismatchException if the topics are not as they have to be
     * @throws dev.standing.gateway.http.PortUnavailableException if it cannot listen
     * @throws org.apache.kafka.common.KafkaException if Kafka or the registry do not answer, or refuse
     */
    public static GatewayService start(Settings settings) {
        GeneratedClasses.trust();
        ConnectionSettings connections =
                ConnectionSettings.from(settings, List.of(GatewaySettings.PREFIX, "processor."));
        GatewaySettings own = GatewaySettings.from(settings);
        StartedParts parts = new StartedParts();
        try {
            return start(own, connections, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static GatewayService start(GatewaySettings settings, ConnectionSettings connections, StartedParts parts) {
        Access access = parts.add(Access.open(settings.access()));
        TopicCatalogue topics = new TopicCatalogue(
                connections.topicPrefix(), connections.partitions(), connections.replicationFactor());
        checkTopics(connections, topics);
        ServiceMetrics serviceMetrics = parts.add(new ServiceMetrics());
        GatewayMetrics metrics = new GatewayMetrics(serviceMetrics.registry());
        SchemaRegistryClient registry = parts.add(new SchemaRegistryClient(connections.registry()));
        KafkaCommandChannel channel = parts.add(KafkaCommandChannel.open(
                connections.kafka(),
                registry,
                topics,
                new ChannelSettings(settings.replyTimeout(), settings.maxWaiting()),
                Clock.systemUTC(),
                metrics));
        ProcessorQueries queries = parts.add(new ProcessorQueries(
                new QuerySettings(settings.processors(), settings.queryTimeout(), settings.maxQueries())));
        EventFeed feed = parts.add(EventFeed.start(connections.kafka(), registry, topics, settings.feed()));
        metrics.watchFollowers(feed::followers);
        Gate gate = access.gate();
        HttpServer server = parts.add(HttpServer.start(
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
                new GuardedEntrance(gate, metrics),
                routes(channel, queries, feed, gate, metrics),
                () -> obstacles(channel),
                serviceMetrics,
                metrics));
        GatewayService service = new GatewayService(settings, parts, channel, queries, feed, server);
        LOG.info("The gateway listens on {}", service.url());
        return service;
    }

    private static List<Route> routes(
            KafkaCommandChannel channel, ProcessorQueries queries, EventFeed feed, Gate gate, GatewayMetrics metrics) {
        List<Route> routes = new ArrayList<>(RestRoutes.all(channel, queries));
        routes.add(Route.get(FeedEndpoint.PATH, new FeedEndpoint(feed)));
        // Its calls say themselves who sends them.
        routes.add(Route.post(JsonRpcEndpoint.PATH, JsonRpcEndpoint.netXd(channel, gate, metrics))
                .openTo());
        routes.addAll(DocumentationRoutes.all());
        return routes;
    }

    private static void checkTopics(ConnectionSettings connections, TopicCatalogue topics) {
        try (TopicProvisioning provisioning = TopicProvisioning.connect(connections.kafka(), topics)) {
            provisioning.check();
        }
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

    /** Takes no more requests, ends what follows the feed, and lets those that wait have their results, for a second at most. */
    public void drain() {
        server.stopAccepting();
        feed.close();
        channel.drain(DRAIN);
    }

    /** Drains, and ends: within two seconds. After a {@link #drain} it needs no processor any more. */
    @Override
    public void close() {
        drain();
        queries.close();
        parts.close();
    }
}
