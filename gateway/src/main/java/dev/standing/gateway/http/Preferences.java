package dev.standing.gateway.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Prefer} (RFC 7240), as far as waiting is concerned. Other preferences, and malformed ones, are
 * ignored, as the RFC has it; of two of the same name the first counts.
 *
 * @param respondAsync whether an answer is wanted as soon as the request is safe
 * @param atMost how long the client wants to wait at most
 */
public record Preferences(boolean respondAsync, Optional<Duration> atMost) {

    /** The header. */
    public static final String HEADER = "Prefer";

    /** The header of an answer that tells which preferences were followed. */
    public static final String APPLIED = "Preference-Applied";

    private static final String RESPOND_ASYNC = "respond-async";
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(?<seconds>[0-9]{1,6})\"?");

    static Preferences read(List<String> headers) {
        boolean respondAsync = false;
        Optional<Duration> wait = Optional.empty();
        for (String preference : String.join(",", headers).split(",", -1)) {
            String name = preference.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
            Matcher waiting = WAIT.matcher(name);
            if (name.equals(RESPOND_ASYNC)) {
                respondAsync = true;
            } else if (wait.isEmpty() && waiting.matches()) {
                wait = Optional.of(Duration.ofSeconds(Long.parseLong(waiting.group("seconds"))));
            }
        }
        return new Preferences(respondAsync, wait);
    }

    /** How long a result is waited for, if the client wants less than usual; zero: not at all. */
    public Optional<Duration> patience() {
        return atMost.or(() -> respondAsync ? Optional.of(Duration.ZERO) : Optional.empty());
    }

    /** What {@link #APPLIED} says of an answer that came before there was a result; empty: none was followed. */
    public Optional<String> applied() {
        List<String> applied = new ArrayList<>();
        if (respondAsync) {
            applied.add(RESPOND_ASYNC);
        }
        atMost.ifPresent(duration -> applied.add("wait=" + duration.toSeconds()));
        return applied.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", applied));
    }
}
