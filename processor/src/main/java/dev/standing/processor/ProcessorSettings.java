package dev.standing.processor;

import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.processor.history.QueryAddress;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Setting;
import dev.standing.service.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a processor.
 *
 * @param connection how it reaches Kafka and the registry
 * @param applicationId names the group of processors, its internal topics and its transactions
 * @param threads how many stream threads process commands
 * @param historyThreads how many stream threads keep the read model
 * @param stateDirectory where its stores are kept
 * @param storeMemory how much native memory its stores share, in MiB
 * @param queryHost the address that its HTTP server binds to
 * @param queryPort the port of its HTTP server; 0: any free one
 * @param queryAdvertised where others reach its queries; empty: where the HTTP server is bound
 * @param policy the rules that it decides by
 * @param streams further settings of Kafka Streams, by Kafka's own names; immutable
 */
public record ProcessorSettings(
        ConnectionSettings connection,
        String applicationId,
        int threads,
        int historyThreads,
        Path stateDirectory,
        int storeMemory,
        String queryHost,
        int queryPort,
        Optional<QueryAddress> queryAdvertised,
        Policy policy,
        Map<String, String> streams) {

    /** What all names begin with. */
    public static final String PREFIX = "processor.";

    private static final String STREAMS_PREFIX = "processor.streams.";

    /** Names the group of processors. */
    public static final Setting<Optional<String>> APPLICATION_ID = Setting.optionalText(
            "processor.application.id",
            "Names the group and its internal topics; default: topics.prefix and \"processor\"");

    /** How many stream threads process commands. */
    public static final Setting<Integer> THREADS =
            Setting.integer("processor.threads", 2, 1, 256, "Stream threads of this process");

    /** How many stream threads keep the read model. */
    public static final Setting<Integer> HISTORY_THREADS = Setting.integer(
            "processor.history.threads", 1, 1, 256, "Stream threads that keep what queries are answered from");

    /** Where the stores are kept. */
    public static final Setting<Path> STATE_DIRECTORY = Setting.path(
            "processor.state.dir",
            ".standing/streams",
            "Directory of the stores; keep it across restarts, they are faster with it");

    /** How much native memory the stores share. */
    public static final Setting<Integer> STORE_MEMORY = Setting.integer(
            "processor.store.memory",
            256,
            32,
            1_048_576,
            "MiB of memory outside of the Java heap that all stores share; 4 for each partition at least");

    /** Where the HTTP server binds. */
    public static final Setting<String> QUERY_HOST =
            Setting.text("processor.query.host", "127.0.0.1", "Address that the HTTP server binds to");

    /** The port of the HTTP server. */
    public static final Setting<Integer> QUERY_PORT =
            Setting.port("processor.query.port", 8082, "Port of the HTTP server (health, queries); 0: any free one");

    /** Where others reach the queries. */
    public static final Setting<Optional<String>> QUERY_ADVERTISED = Setting.optionalText(
            "processor.query.advertised",
            "URL at which gateways and processors reach the queries; default: query.host and port");

    /** The policy file. */
    public static final Setting<Optional<Path>> POLICY = Setting.optionalPath(
            "processor.policy", "Policy file, YAML or JSON; the packaged default if none is given");

    /** All of them, for help texts. */
    public static final List<Setting<?>> ALL = List.of(
            APPLICATION_ID,
            THREADS,
            HISTORY_THREADS,
            STATE_DIRECTORY,
            STORE_MEMORY,
            QUERY_HOST,
            QUERY_PORT,
            QUERY_ADVERTISED,
            POLICY);

    /** Keeps a copy of the settings of Kafka Streams. */
    public ProcessorSettings {
        streams = Map.copyOf(streams);
    }

    /**
     * The settings of a processor. Names of other services are passed over: one file may serve them all.
     *
     * @throws dev.standing.service.settings.InvalidSettingsException if one is unknown, malformed or out of range
     * @throws dev.standing.domain.policy.InvalidPolicyException if the policy is refused
     */
    public static ProcessorSettings from(Settings settings) {
        settings.requireKnown(PREFIX, ALL, List.of(STREAMS_PREFIX));
        ConnectionSettings connection = ConnectionSettings.from(settings, List.of(PREFIX, "gateway."));
        return new ProcessorSettings(
                connection,
                // Deployments that share a Kafka differ in their topics: so must their groups and their stores.
                settings.get(APPLICATION_ID).orElse(connection.topicPrefix() + "processor"),
                settings.get(THREADS),
                settings.get(HISTORY_THREADS),
                settings.get(STATE_DIRECTORY),
                settings.get(STORE_MEMORY),
                settings.get(QUERY_HOST),
                settings.get(QUERY_PORT),
                settings.get(QUERY_ADVERTISED).map(ProcessorSettings::address),
                settings.get(POLICY).map(PolicyFile::read).orElseGet(PolicyFile::packagedDefault),
                settings.withPrefix(STREAMS_PREFIX));
    }

    private static QueryAddress address(String url) {
        try {
            return QueryAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(QUERY_ADVERTISED.name() + ": " + e.getMessage());
        }
    }
}
