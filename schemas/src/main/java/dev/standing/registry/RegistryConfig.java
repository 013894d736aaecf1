package dev.standing.registry;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * How the registry is reached, and how schemas are chosen when writing.
 *
 * <p>The keys are Confluent's own where Confluent has one, and mean the same, with two exceptions: {@value #AUTO_REGISTER_SCHEMAS} is false by
 * default (schemas are registered when a deployment is made, not by whoever happens to write first), and {@value #BASIC_AUTH_USER_INFO} and
 * {@value #BEARER_AUTH_TOKEN} count even where their {@code credentials.source} is left out. Keys of other components in the same map are
 * ignored. Immutable.
 */
public final class RegistryConfig {

    /** The registry's URLs, separated by commas; when one fails, the next is tried. Required. */
    public static final String URL = "schema.registry.url";
    /** Where basic credentials are: URL, USER_INFO or SASL_INHERIT. */
    public static final String BASIC_AUTH_SOURCE = "basic.auth.credentials.source";
    /** {@code user:password}, for USER_INFO. */
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
    /** Where the bearer token is: STATIC_TOKEN. */
    public static final String BEARER_AUTH_SOURCE = "bearer.auth.credentials.source";
    /** The bearer token, for STATIC_TOKEN. */
    public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";
    /** What Kafka's own {@code ssl.*} keys are prefixed with, for TLS to the registry. */
    public static final String SSL_PREFIX = "schema.registry.";
    /** Whether a serializer registers a schema that the subject does not have. Default: false. */
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    /** Whether a serializer writes with the subject's latest schema, and not with the record's own. Default: false. */
    public static final String USE_LATEST_VERSION = "use.latest.version";
    /** Whether the registry is asked to normalize a schema before it compares or registers it. Default: false. */
    public static final String NORMALIZE_SCHEMAS = "normalize.schemas";
    /** The {@link SubjectNameStrategy} for keys. Default: TopicNameStrategy. */
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";
    /** The {@link SubjectNameStrategy} for values. Default: TopicNameStrategy. */
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";
    /** How long one request to one URL may take, connecting and reading the answer included, in ms. Default: 5000. */
    public static final String REQUEST_TIMEOUT_MS = "schema.registry.request.timeout.ms";
    /** How often all URLs are tried again after none gave an answer. Default: 3. */
    public static final String RETRIES = "schema.registry.retries";
    /** The first wait before all URLs are tried again, in ms; it doubles each time. Default: 100. */
    public static final String RETRY_BACKOFF_MS = "schema.registry.retry.backoff.ms";
    /** The longest wait before all URLs are tried again, in ms; it bounds a registry's Retry-After, too. Default: 2000. */
    public static final String RETRY_BACKOFF_MAX_MS = "schema.registry.retry.backoff.max.ms";
    /** How many schemas, and how many ids, are remembered. Default: 1000. */
    public static final String CACHE_SIZE = "schema.registry.cache.size";

    private static final ConfigDef DEFINITION = definition();

    private final List<RegistryEndpoint> endpoints;
    private final Optional<SSLContext> tls;
    private final boolean autoRegister;
    private final boolean useLatest;
    private final boolean normalize;
    private final SubjectNameStrategy keyStrategy;
    private final SubjectNameStrategy valueStrategy;
    private final Duration requestTimeout;
    private final RetryPolicy retryPolicy;
    private final int cacheSize;

    private RegistryConfig(Map<String, ?> given, Map<String, Object> parsed, boolean anothersLogins) {
        this.endpoints = RegistryEndpoint.parse(
                (List<?>) parsed.get(URL), RegistryCredentials.parse(given, parsed, anothersLogins));
        this.tls = RegistryTls.parse(given);
        this.autoRegister = (Boolean) parsed.get(AUTO_REGISTER_SCHEMAS);
        this.useLatest = (Boolean) parsed.get(USE_LATEST_VERSION);
        this.normalize = (Boolean) parsed.get(NORMALIZE_SCHEMAS);
        this.keyStrategy = strategy(given, KEY_SUBJECT_NAME_STRATEGY);
        this.valueStrategy = strategy(given, VALUE_SUBJECT_NAME_STRATEGY);
        this.requestTimeout = Duration.ofMillis((Long) parsed.get(REQUEST_TIMEOUT_MS));
        this.retryPolicy = new RetryPolicy((Integer) parsed.get(RETRIES), (Long) parsed.get(RETRY_BACKOFF_MS), (Long)
                parsed.get(RETRY_BACKOFF_MAX_MS));
        this.cacheSize = (Integer) parsed.get(CACHE_SIZE);
    }

    /**
     * Reads a configuration.
     *
     * @param configs as handed to any Kafka client; values may be strings or of their own type, and null counts as left out
     * @return never null
     * @throws ConfigException if a value is missing, malformed or contradicts another; it names the key and shows no credentials
     */
    public static RegistryConfig parse(Map<String, ?> configs) {
        return parse(configs, false);
    }

    /** With ways to log in that Standing does not know, if what asks the registry is another's: what is asked without it has no credentials then. */
    static RegistryConfig parse(Map<String, ?> configs, boolean anothersLogins) {
        Map<String, Object> given = new HashMap<>(configs);
        given.values().removeIf(Objects::isNull);
        return new RegistryConfig(given, DEFINITION.parse(given), anothersLogins);
    }

    private static ConfigDef definition() {
        return new ConfigDef()
                .define(URL, ConfigDef.Type.LIST, Importance.HIGH, "The registry's URLs.")
                .define(
                        BASIC_AUTH_SOURCE,
                        ConfigDef.Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "URL, USER_INFO or SASL_INHERIT.")
                .define(BASIC_AUTH_USER_INFO, ConfigDef.Type.PASSWORD, null, Importance.MEDIUM, "user:password.")
                .define(BEARER_AUTH_SOURCE, ConfigDef.Type.STRING, null, Importance.MEDIUM, "STATIC_TOKEN.")
                .define(BEARER_AUTH_TOKEN, ConfigDef.Type.PASSWORD, null, Importance.MEDIUM, "The bearer token.")
                .define(
                        AUTO_REGISTER_SCHEMAS,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Register when writing.")
                .define(
                        USE_LATEST_VERSION,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Write with the latest version.")
                .define(NORMALIZE_SCHEMAS, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "Normalize before comparing.")
                .define(
                        REQUEST_TIMEOUT_MS,
                        ConfigDef.Type.LONG,
                        5000L,
                        Range.atLeast(1L),
                        Importance.LOW,
                        "Per request.")
                .define(RETRIES, ConfigDef.Type.INT, 3, Range.atLeast(0), Importance.LOW, "Rounds after the first.")
                .define(
                        RETRY_BACKOFF_MS,
                        ConfigDef.Type.LONG,
                        100L,
                        Range.atLeast(0L),
                        Importance.LOW,
                        "The first wait.")
                .define(
                        RETRY_BACKOFF_MAX_MS,
                        ConfigDef.Type.LONG,
                        2000L,
                        Range.atLeast(0L),
                        Importance.LOW,
                        "The longest wait.")
                .define(CACHE_SIZE, ConfigDef.Type.INT, 1000, Range.atLeast(1), Importance.LOW, "Entries per cache.");
    }

    private static SubjectNameStrategy strategy(Map<String, ?> given, String key) {
        Object value = given.get(key);
        return value == null ? SubjectNameStrategy.TOPIC_NAME : SubjectNameStrategy.parse(key, value);
    }

    /**
     * Whether a serializer registers what is not registered.
     *
     * @return {@value #AUTO_REGISTER_SCHEMAS}
     */
    public boolean autoRegister() {
        return autoRegister;
    }

    /**
     * Whether a serializer writes with the latest schema of the subject.
     *
     * @return {@value #USE_LATEST_VERSION}
     */
    public boolean useLatest() {
        return useLatest;
    }

    /**
     * Names the subject for a record's schema.
     *
     * @param topic the topic
     * @param isKey whether the record is a key
     * @param recordName the full name of the Avro record
     * @return never null
     */
    public String subject(String topic, boolean isKey, String recordName) {
        return (isKey ? keyStrategy : valueStrategy).subject(topic, isKey, recordName);
    }

    /**
     * How many entries each cache holds.
     *
     * @return at least 1
     */
    public int cacheSize() {
        return cacheSize;
    }

    List<RegistryEndpoint> endpoints() {
        return endpoints;
    }

    /**
     * The registry's URLs, in the order in which they are tried.
     *
     * @return without credentials
     */
    public List<String> urls() {
        return endpoints.stream().map(RegistryEndpoint::toString).toList();
    }

    /**
     * Whether the registry normalizes schemas.
     *
     * @return {@value #NORMALIZE_SCHEMAS}
     */
    public boolean normalize() {
        return normalize;
    }

    /**
     * How long one request to one URL may take.
     *
     * @return {@value #REQUEST_TIMEOUT_MS}
     */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /**
     * How often to wait, and how long, when no URL gives an answer.
     *
     * @return of {@value #RETRIES} and the two that begin with {@value #RETRY_BACKOFF_MS}
     */
    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    /**
     * Makes the HTTP client. HTTP/1.1, because the attempt to upgrade confuses some proxies; no redirects, because credentials would follow them.
     */
    HttpClient httpClient() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(requestTimeout);
        tls.ifPresent(builder::sslContext);
        return builder.build();
    }

    /** Shows the URLs, without any credentials. */
    @Override
    public String toString() {
        return "RegistryConfig" + endpoints;
    }
}
