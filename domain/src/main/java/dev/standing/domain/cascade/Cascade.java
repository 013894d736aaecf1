package dev.standing.domain.cascade;

import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.hierarchy.Subordinate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of a customer's state on its way to the subordinates ({@code semantics.md} section 7).
 *
 * @param customerId the customer
 * @param causeSequence the sequence of the event that changed the customer's state
 * @param changeId the planned change that was applied; empty: none was planned
 * @param state what the subordinates get
 * @param origin that of the event that changed the customer's state
 */
public record Cascade(
        String customerId, long causeSequence, Optional<String> changeId, StateValue state, Origin origin) {

    private static final String UNRESERVED = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Refuses nulls. */
    public Cascade {
        Objects.requireNonNull(customerId, "customerId");
        Objects.requireNonNull(changeId, "changeId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(origin, "origin");
    }

    /** The cascades that the events start, in the order in which they are to run. */
    public static List<Cascade> startedBy(List<Event> events) {
        List<Cascade> started = new ArrayList<>();
        for (Event event : events) {
            if (event.fact() instanceof StateChanged changed && changed.cascade()) {
                started.add(new Cascade(
                        event.customerId(), event.sequence(), changed.changeId(), changed.after(), event.origin()));
            }
        }
        return List.copyOf(started);
    }

    /** The id of the event that changed the customer's state. */
    public String causeEventId() {
        return Event.idOf(customerId, causeSequence);
    }

    /**
     * How the cascade reaches a subordinate.
     *
     * @param subordinate one of the customer's, as it is when it is reached
     */
    public Reach reach(Subordinate subordinate) {
        if (subordinate.registeredSequence() > causeSequence) {
            return Reach.NOT_COVERED;
        }
        boolean same =
                subordinate.state() == state.state() && subordinate.reason().equals(state.reason());
        return same || subordinate.state() == CustomerState.DEACTIVATED ? Reach.SKIPPED : Reach.UPDATED;
    }

    /**
     * The id of the update that the subordinate gets: the same one for ever, and another for every other change or
     * subordinate, whatever characters their ids have.
     */
    public String updateId(Subordinate subordinate) {
        return causeEventId() + "/" + subordinate.ref().type() + "/"
                + percentEncoded(subordinate.ref().id());
    }

    /** As RFC 3986 section 2 has it: every byte of the UTF-8 form that is not an unreserved character. */
    private static String percentEncoded(String id) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : id.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved((char) (unit & 0xFF))) {
                encoded.append((char) unit);
            } else {
                encoded.append('%').append(HEX.toHexDigits(unit));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || UNRESERVED.indexOf(character) >= 0;
    }
}
