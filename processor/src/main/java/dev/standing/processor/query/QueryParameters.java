package dev.standing.processor.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a request. All methods throw {@link InvalidParameterException} for what they do not take. */
final class QueryParameters {

    private final Map<String, List<String>> values;

    /** All values of every parameter, decoded. */
    QueryParameters(Map<String, List<String>> values) {
        this.values = Map.copyOf(values);
    }

    /** Refuses all other names: a misspelt one must not be passed over. */
    QueryParameters requireOnly(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidParameterException(shortened(name), "There is no parameter " + shortened(name));
            }
        }
        return this;
    }

    /** A text that is not empty. */
    String text(String name) {
        return single(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new InvalidParameterException(name, name + " is missing"));
    }

    /**
     * An instant, cut off at milliseconds ({@code semantics.md} section 5): an ISO 8601 date and time with an offset.
     */
    Optional<Instant> instant(String name) {
        return single(name).map(text -> instant(name, text));
    }

    /**
     * What a text stands for; empty if there is none.
     *
     * @param reading empty for a text that stands for nothing
     * @param expected what it must be, for people
     */
    <T> Optional<T> reading(String name, Function<String, Optional<T>> reading, String expected) {
        return single(name)
                .map(text -> reading.apply(text)
                        .orElseThrow(() -> new InvalidParameterException(
                                name, name + " must be " + expected + ", not \"" + shortened(text) + "\"")));
    }

    /** A whole number between two bounds, both included; the default if there is none. */
    long number(String name, long defaultValue, long min, long max) {
        return single(name).map(text -> number(name, text, min, max)).orElse(defaultValue);
    }

    private Optional<String> single(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new InvalidParameterException(name, name + " is given twice");
        }
        return all.stream().findFirst();
    }

    private static Instant instant(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new InvalidParameterException(
                    name,
                    name + " must be a date and time with an offset, like 2024-05-01T00:00:00Z"
                            + " or 2024-05-01T00:00:00%2B02:00, not \"" + shortened(text) + "\"",
                    e);
        }
    }

    private static long number(String name, String text, long min, long max) {
        String expected =
                name + " must be a whole number from " + min + " to " + max + ", not \"" + shortened(text) + "\"";
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InvalidParameterException(name, expected, e);
        }
        throw new InvalidParameterException(name, expected);
    }

    /** A text of the client, short enough for a message. */
    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
