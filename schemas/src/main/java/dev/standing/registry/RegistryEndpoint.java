package dev.standing.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * One URL of the registry, and what is sent there as Authorization.
 *
 * @param base without user info, without a slash at the end
 * @param authorization a secret
 */
record RegistryEndpoint(URI base, Optional<String> authorization) {

    private static final String ACCEPT =
            "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json";

    /** Reads the list of URLs; none may be malformed. */
    static List<RegistryEndpoint> parse(List<?> urls, RegistryCredentials credentials) {
        if (urls.isEmpty()) {
            throw new ConfigException(RegistryConfig.URL + " must name at least one URL");
        }
        return urls.stream().map(url -> parse(String.valueOf(url), credentials)).toList();
    }

    private static RegistryEndpoint parse(String url, RegistryCredentials credentials) {
        try {
            URI given = new URI(url);
            boolean http = "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
            if (!http || given.getHost() == null || given.getQuery() != null || given.getFragment() != null) {
                throw malformed();
            }
            String path = given.getPath().replaceAll("/+$", "");
            URI base = new URI(given.getScheme(), null, given.getHost(), given.getPort(), path, null, null);
            return new RegistryEndpoint(base, credentials.authorization(Optional.ofNullable(given.getUserInfo())));
        } catch (URISyntaxException e) {
            // The exception repeats the URL, which may hold a password: it goes no further.
            throw malformed();
        }
    }

    private static ConfigException malformed() {
        return new ConfigException(RegistryConfig.URL
                + " must be a list of URLs such as http://host:8081 or https://host/path, separated by commas; one of them is not"
                + " (it is not repeated here, because it may hold a password)");
    }

    /** Starts a request for a path, which begins with a slash and is escaped already. */
    HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).header("Accept", ACCEPT);
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder;
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
