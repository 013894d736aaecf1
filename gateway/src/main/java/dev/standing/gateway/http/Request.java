package dev.standing.gateway.http;

import dev.standing.gateway.json.InvalidMemberException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request whose body is JSON, as far as its media type says. Immutable, but for the bytes, which nobody changes. */
public final class Request {

    /** The header that gives a requestId. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * A request.
     *
     * @param headers all values of every header; names in any letter case
     * @param body the body, not yet looked into
     */
    public Request(Map<String, List<String>> headers, byte[] body) {
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> this.headers.put(name, List.copyOf(values)));
        this.body = body.clone();
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

    /** The W3C trace context of the request; empty if there is none, or none that is valid. */
    public Optional<String> traceparent() {
        List<String> values = headers.getOrDefault("traceparent", List.of());
        return values.size() == 1 ? Optional.of(values.get(0)).filter(TraceParent::isValid) : Optional.empty();
    }
}
