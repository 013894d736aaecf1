package dev.standing.gateway.query;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where processors say that others are. */
final class ProcessorAddress {

    private static final int MAX_PORT = 65_535;

    private ProcessorAddress() {}

    /** Whether somebody can be asked there over HTTP. */
    static boolean isHttp(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null && uri.getPort() <= MAX_PORT;
    }
}
