package dev.standing.gateway.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Dates as requests give them ({@code semantics.md} section 5). */
public final class IsoInstant {

    private static final int SHOWN = 64;

    private IsoInstant() {}

    /**
     * The instant of an ISO 8601 date and time with an offset, cut off at milliseconds.
     *
     * @param path what is to be blamed if it is none
     * @throws InvalidMemberException if it is something else, or no day of the calendar
     */
    public static Instant parse(String path, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new InvalidMemberException(
                    path,
                    path + " must be a date and time with an offset, like 2024-05-01T00:00:00+02:00, not \""
                            + shortened(text) + "\"",
                    e);
        }
    }

    /** A text of the client, short enough for a message. */
    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
