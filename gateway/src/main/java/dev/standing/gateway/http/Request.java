package dev.standing.gateway.http;

import dev.standing.gateway.access.Caller;
import dev.standing.gateway.json.InvalidMemberException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request; a body is JSON, as far as its media type says. Immutable. */
public final class Request {

    /** The header that gives a requestId. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Map<String, String> path;
    private final String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Caller caller;

    /**
     * A request of {@link Caller#ANYBODY}.
     *
     * @param path what stands for the segments in braces of the route's path, decoded
     * @param query the query as it stands in the URI; empty: none
     * @param headers all values of every header; names in any letter case
     * @param body the body, not yet looked into; empty: none
     */
    public Request(Map<String, String> path, String query, Map<String, List<String>> headers, byte[] body) {
        this(path, query, headers, body, Caller.ANYBODY);
    }

    private Request(
            Map<String, String> path, String query, Map<String, List<String>> headers, byte[] body, Caller caller) {
        this.path = Map.copyOf(path);
        this.query = query;
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> this.headers.put(name, List.copyOf(values)));
        this.body = body.clone();
        this.caller = caller;
    }

    /** The same request, of which it is proven who sent it. */
    public Request from(Caller proven) {
        return new Request(path, query, headers, body, proven);
    }

    /** Who sent it. */
    public Caller caller() {
        return caller;
    }

    /**
     * The segment of the path that stands for a name in braces.
     *
     * @throws IllegalArgumentException if the route's path has no such name
     */
    public String path(String name) {
        String segment = path.get(name);
        if (segment == null) {
            throw new IllegalArgumentException("The route has no " + name);
        }
        return segment;
    }

    /**
     * The query, which may have parameters of these names only.
     *
     * @throws InvalidMemberException naming a parameter that is unknown, stands there twice or is wrongly escaped
     */
    public QueryParameters query(String... names) {
        return QueryParameters.read(query, List.of(names));
    }

    /** The bytes of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Whether a header is there, whatever it holds. */
    public boolean has(String name) {
        return headers.containsKey(name);
    }

    /**
     * The value of a header that may stand there once.
     *
     * @throws InvalidMemberException if it stands there twice, or holds other than printable ASCII, which alone every
     *     client and proxy understands alike
     */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new InvalidMemberException(name, "The header " + name + " stands there twice");
        }
        Optional<String> value = values.stream().findFirst();
        if (value.filter(text -> text.chars().anyMatch(c -> c < ' ' || c > '~')).isPresent()) {
            throw new InvalidMemberException(name, "The header " + name + " may hold printable ASCII only");
        }
        return value;
    }

    /** All values of a header that is a list, as far as they are separated by headers. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** What the client prefers (RFC 7240). */
    public Preferences preferences() {
        return Preferences.read(headers(Preferences.HEADER));
    }

    /** The W3C trace context of the request; empty if there is none, or none that is valid. */
    public Optional<String> traceparent() {
        List<String> values = headers.getOrDefault("traceparent", List.of());
        return values.size() == 1 ? Optional.of(values.get(0)).filter(TraceParent::isValid) : Optional.empty();
    }
}
