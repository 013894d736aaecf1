package dev.standing.processor.history;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Where others reach the queries of a processor.
 *
 * @param scheme {@code http} or {@code https}; all processors have the same
 * @param host a name or an address, an IPv6 one without brackets
 * @param port never 0
 */
public record QueryAddress(String scheme, String host, int port) {

    private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0");

    /**
     * The address that a URL names: scheme, host and port, and nothing else.
     *
     * @throws IllegalArgumentException if it is anything else; the message tells what is expected
     */
    public static QueryAddress parse(String url) {
        try {
            URI uri = new URI(url);
            boolean isAddress = uri.getHost() != null
                    && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getRawUserInfo() == null
                    && Set.of("", "/").contains(uri.getRawPath())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0;
            if (isAddress) {
                int defaultPort = uri.getScheme().equals("https") ? 443 : 80;
                return new QueryAddress(
                        uri.getScheme(), unbracketed(uri.getHost()), uri.getPort() < 0 ? defaultPort : uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected(url), e);
        }
        throw new IllegalArgumentException(expected(url));
    }

    /** The address of a server that was told to bind to this host: where that is any, the name of this machine. */
    public static QueryAddress bound(String bindHost, int port) {
        return new QueryAddress("http", WILDCARDS.contains(bindHost) ? localHost() : unbracketed(bindHost), port);
    }

    /** Another processor's, of the same scheme. */
    QueryAddress at(String otherHost, int otherPort) {
        return new QueryAddress(scheme, unbracketed(otherHost), otherPort);
    }

    /** Host and port, as {@code application.server} takes them. */
    String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The URL, without a slash at its end. */
    public String url() {
        return scheme + "://" + hostAndPort();
    }

    private static String expected(String url) {
        return "it must be a URL like http://processor-1:8082, not \"" + url + "\"";
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
