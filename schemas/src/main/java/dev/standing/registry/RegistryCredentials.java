package dev.standing.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * What is sent as Authorization.
 *
 * @param configured a secret; empty: what the URL holds, if anything
 */
record RegistryCredentials(Optional<String> configured) {

    /** Reads the keys {@code basic.auth.*} and {@code bearer.auth.*}. */
    static RegistryCredentials parse(Map<String, ?> given, Map<String, Object> parsed, boolean anothersLogins) {
        Optional<String> basic = basic(given, parsed);
        Optional<String> bearer = bearer(parsed, anothersLogins);
        if (basic.isPresent() && bearer.isPresent()) {
            throw new ConfigException("Both " + RegistryConfig.BASIC_AUTH_USER_INFO + " (or its source) and "
                    + RegistryConfig.BEARER_AUTH_TOKEN + " are set: a request can carry only one");
        }
        return new RegistryCredentials(basic.or(() -> bearer));
    }

    private static Optional<String> basic(Map<String, ?> given, Map<String, Object> parsed) {
        Optional<Password> userInfo = secret(parsed, RegistryConfig.BASIC_AUTH_USER_INFO);
        String source = source(parsed, RegistryConfig.BASIC_AUTH_SOURCE, userInfo.isPresent() ? "USER_INFO" : "URL");
        return switch (source) {
            case "URL" -> Optional.empty();
            case "USER_INFO" ->
                Optional.of(basic(userInfo.orElseThrow(() -> new ConfigException(RegistryConfig.BASIC_AUTH_USER_INFO
                                + " must be set when " + RegistryConfig.BASIC_AUTH_SOURCE + " is USER_INFO"))
                        .value()));
            case "SASL_INHERIT" -> Optional.of(basic(saslUserInfo(given)));
            default ->
                throw new ConfigException(
                        RegistryConfig.BASIC_AUTH_SOURCE, source, "must be URL, USER_INFO or SASL_INHERIT");
        };
    }

    private static Optional<String> bearer(Map<String, Object> parsed, boolean anothersLogins) {
        Optional<Password> token = secret(parsed, RegistryConfig.BEARER_AUTH_TOKEN);
        String source = source(parsed, RegistryConfig.BEARER_AUTH_SOURCE, token.isPresent() ? "STATIC_TOKEN" : "");
        return switch (source) {
            case "" -> Optional.empty();
            case "STATIC_TOKEN" -> Optional.of("Bearer " + token(token));
            default -> {
                if (anothersLogins) {
                    yield Optional.empty();
                }
                throw new ConfigException(RegistryConfig.BEARER_AUTH_SOURCE, source, "must be STATIC_TOKEN");
            }
        };
    }

    /** What does not fit into a header is refused here: the HTTP client would repeat it in its message. */
    private static String token(Optional<Password> configured) {
        String token = configured
                .orElseThrow(() -> new ConfigException(RegistryConfig.BEARER_AUTH_TOKEN + " must be set when "
                        + RegistryConfig.BEARER_AUTH_SOURCE + " is STATIC_TOKEN"))
                .value()
                .trim();
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigException(RegistryConfig.BEARER_AUTH_TOKEN
                    + " must be one line of ASCII without spaces (it is not repeated here)");
        }
        return token;
    }

    private static String source(Map<String, Object> parsed, String key, String otherwise) {
        Object value = parsed.get(key);
        return value == null ? otherwise : value.toString().trim().toUpperCase(Locale.ROOT);
    }

    private static Optional<Password> secret(Map<String, Object> parsed, String key) {
        return Optional.ofNullable((Password) parsed.get(key))
                .filter(password -> !password.value().isBlank());
    }

    private static String saslUserInfo(Map<String, ?> given) {
        Object jaas = given.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (jaas == null) {
            throw new ConfigException(SaslConfigs.SASL_JAAS_CONFIG + " must be set when "
                    + RegistryConfig.BASIC_AUTH_SOURCE + " is SASL_INHERIT");
        }
        Password secret = jaas instanceof Password typed ? typed : new Password(jaas.toString());
        String user;
        String password;
        try {
            JaasContext context = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, secret));
            user = JaasContext.configEntryOption(context.configurationEntries(), "username", null);
            password = JaasContext.configEntryOption(context.configurationEntries(), "password", null);
        } catch (IllegalArgumentException e) {
            // The exception may repeat the text, which holds a password: it goes no further.
            throw new ConfigException(SaslConfigs.SASL_JAAS_CONFIG + " cannot be parsed (it is not repeated here)");
        }
        if (user == null || password == null) {
            throw new ConfigException(SaslConfigs.SASL_JAAS_CONFIG + " must have a username and a password when "
                    + RegistryConfig.BASIC_AUTH_SOURCE + " is SASL_INHERIT");
        }
        return user + ":" + password;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /** The header's value for a URL that holds this user info. */
    Optional<String> authorization(Optional<String> userInfoOfUrl) {
        return configured.or(() -> userInfoOfUrl.map(RegistryCredentials::basic));
    }

    @Override
    public String toString() {
        return configured.isPresent() ? "credentials" : "no credentials";
    }
}
