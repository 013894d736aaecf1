package dev.standing.confluent;

import dev.standing.registry.RegistryConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;

/**
 * What Confluent's client is configured with: what the user gave, as it is, and what {@link RegistryConfig} promises beyond that.
 *
 * @param urls in the order in which they are tried; may hold user info
 * @param all every setting
 */
record ConfluentSettings(List<String> urls, Map<String, Object> all) {

    private static final String PREFIX = "schema.registry.";

    /**
     * Adds what was left out: where the credentials are, and Standing's own timeouts and retries.
     *
     * @param configs null counts as left out
     */
    static ConfluentSettings of(Map<String, ?> configs, RegistryConfig config) {
        Map<String, Object> all = new HashMap<>(configs);
        all.values().removeIf(Objects::isNull);
        // Confluent's client knows these two as strings only.
        for (String secret : List.of(RegistryConfig.BASIC_AUTH_USER_INFO, RegistryConfig.BEARER_AUTH_TOKEN)) {
            all.computeIfPresent(secret, (key, value) -> text(value));
        }
        if (!given(all, RegistryConfig.BASIC_AUTH_SOURCE) && !given(all, RegistryConfig.BEARER_AUTH_SOURCE)) {
            if (given(all, RegistryConfig.BASIC_AUTH_USER_INFO)) {
                all.put(RegistryConfig.BASIC_AUTH_SOURCE, "USER_INFO");
            } else if (given(all, RegistryConfig.BEARER_AUTH_TOKEN)) {
                all.put(RegistryConfig.BEARER_AUTH_SOURCE, "STATIC_TOKEN");
            } else {
                all.put(RegistryConfig.BASIC_AUTH_SOURCE, "URL");
            }
        }
        int timeout = millis(config.requestTimeout());
        unlessGiven(all, "http.connect.timeout.ms", timeout);
        unlessGiven(all, "http.read.timeout.ms", timeout);
        unlessGiven(all, "max.retries", config.retryPolicy().retries());
        unlessGiven(
                all,
                "retries.wait.ms",
                millis(Duration.ofMillis(config.retryPolicy().firstMillis())));
        unlessGiven(
                all,
                "retries.max.wait.ms",
                millis(Duration.ofMillis(config.retryPolicy().maxMillis())));
        return new ConfluentSettings(urls(all.get(RegistryConfig.URL)), Map.copyOf(all));
    }

    private static List<String> urls(Object value) {
        Stream<String> urls = value instanceof Collection<?> list
                ? list.stream().map(String::valueOf)
                : Stream.of(value.toString().split(","));
        return urls.map(String::trim).filter(url -> !url.isEmpty()).toList();
    }

    private static boolean given(Map<String, Object> all, String key) {
        return Stream.of(key, PREFIX + key)
                .map(all::get)
                .anyMatch(value -> value != null && !text(value).isBlank());
    }

    private static void unlessGiven(Map<String, Object> all, String key, Object value) {
        if (!given(all, key)) {
            all.put(key, value);
        }
    }

    private static String text(Object value) {
        return value instanceof Password secret ? secret.value() : value.toString();
    }

    private static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }

    /** Shows no credentials. */
    @Override
    public String toString() {
        return "ConfluentSettings" + all.keySet();
    }
}
