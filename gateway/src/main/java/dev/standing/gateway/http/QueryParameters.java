package dev.standing.gateway.http;

import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.IsoInstant;
import dev.standing.gateway.uri.UriText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The query of a request, of which every parameter is known and stands there once. Immutable. */
public final class QueryParameters {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param query as it stands in the URI, without the question mark; empty: none
     * @param known the names that parameters may have
     * @throws InvalidMemberException naming a parameter that is unknown, stands there twice or is wrongly escaped
     */
    static QueryParameters read(String query, List<String> known) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(pair, equals < 0 ? pair : pair.substring(0, equals));
                String value = decoded(name, equals < 0 ? "" : pair.substring(equals + 1));
                if (!known.contains(name)) {
                    throw new InvalidMemberException(name, "The parameter " + name + " is unknown" + known(known));
                }
                if (values.putIfAbsent(name, value) != null) {
                    throw new InvalidMemberException(name, "The parameter " + name + " stands there twice");
                }
            }
        }
        return new QueryParameters(values);
    }

    private static String decoded(String name, String encoded) {
        return UriText.decodeForm(encoded)
                .orElseThrow(() ->
                        new InvalidMemberException(name, "The parameter " + name + " is not percent-encoded UTF-8"));
    }

    private static String known(List<String> names) {
        return names.isEmpty() ? "; none is known here" : "; known here are " + String.join(", ", names);
    }

    /** The value of a parameter; empty if it is not there. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * The instant that a parameter gives; empty if it is not there. The "+" of an offset counts as one even where it
     * means a blank, since no instant has a blank.
     *
     * @throws InvalidMemberException if it is something else
     */
    public Optional<Instant> instant(String name) {
        return text(name).map(value -> IsoInstant.parse(name, value.replace(' ', '+')));
    }

    /**
     * The number that a parameter gives; empty if it is not there.
     *
     * @throws InvalidMemberException if it is something else, or not from min to max
     */
    public OptionalLong number(String name, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        boolean isNumber = WHOLE_NUMBER.matcher(text.get()).matches();
        long number = isNumber ? Long.parseLong(text.get()) : -1;
        if (!isNumber || number < min || number > max) {
            throw new InvalidMemberException(name, name + " must be a whole number from " + min + " to " + max);
        }
        return OptionalLong.of(number);
    }
}
