package dev.standing.audit.export;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.avro.CancelCause;
import dev.standing.avro.CascadeCompleted;
import dev.standing.avro.ChangeCancelled;
import dev.standing.avro.ChangeCause;
import dev.standing.avro.ChangeConfirmed;
import dev.standing.avro.ChangeFailed;
import dev.standing.avro.ChangeProposed;
import dev.standing.avro.ChangeScheduled;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerRegistered;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.PendingOverdue;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateChanged;
import dev.standing.avro.StateValue;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateRegistered;
import dev.standing.avro.SubordinateRemoved;
import dev.standing.avro.SubordinateType;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Events of every type, with what files have trouble with. */
final class SampleEvents {

    static final String AWKWARD = " \"quoted\", with\r\nlines;\tÄß 漢字 \uD83D\uDE00 =1+1 ' \\ ";

    static final Instant START = Instant.parse("2026-03-01T10:00:00.001Z");

    private static final StateValue ACTIVE = new StateValue(CustomerState.ACTIVE, "dfltActive", START);
    private static final StateValue BLOCKED =
            new StateValue(CustomerState.BLOCKED, "fraud", Instant.parse("1969-12-31T23:59:59.999Z"));

    private SampleEvents() {}

    /** One of each type, one after the other in partition 3. */
    static List<LoggedEvent> all() {
        return List.of(
                at(3, 10, START, registered(Map.of())),
                at(3, 11, START, registered(attributes())),
                at(3, 12, START, changed(AWKWARD)),
                at(3, 13, START, changed("")),
                at(3, 14, START, scheduled()),
                at(3, 15, START, proposed()),
                at(3, 16, START, confirmed()),
                at(3, 17, START, cancelled()),
                at(3, 18, START, failed()),
                at(3, 19, START, overdue()),
                at(3, 20, START, subordinate()),
                at(3, 21, START, subordinateOfParent()),
                at(3, 22, START, removed()),
                at(3, 23, START, completed()));
    }

    /** So many changes of state, one an hour. */
    static List<LoggedEvent> hourly(int partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> at(partition, i, START.plusSeconds(3600L * i), changed("note " + i)))
                .toList();
    }

    static LoggedEvent at(int partition, long offset, Instant recordedAt, CustomerEvent.Builder event) {
        boolean first = event.getType() == EventType.CUSTOMER_REGISTERED;
        CustomerEvent whole = event.setEventId("c-" + partition + ":" + offset)
                .setCustomerId("c-" + partition)
                .setSequence(offset + 1)
                .setRecordedAt(recordedAt)
                .setCommandId("command-" + offset)
                .setRequestId(first ? null : AWKWARD)
                .setSource("crm")
                .setPolicyVersion("1")
                .setPreviousHash(first ? null : hash(offset - 1))
                .build();
        return new LoggedEvent(new Place(partition, offset), whole, hash(offset));
    }

    private static Sha256 hash(long number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return new Sha256(bytes);
    }

    private static Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("zeta", AWKWARD);
        attributes.put("alpha", "");
        attributes.put("Beta \"", "1");
        return attributes;
    }

    private static CustomerEvent.Builder type(EventType type) {
        return CustomerEvent.newBuilder().setType(type);
    }

    private static CustomerEvent.Builder registered(Map<String, String> attributes) {
        return type(EventType.CUSTOMER_REGISTERED)
                .setCustomerRegistered(new CustomerRegistered(attributes.isEmpty() ? null : "x-1", ACTIVE, attributes));
    }

    static CustomerEvent.Builder changed(String notes) {
        return type(EventType.STATE_CHANGED)
                .setStateChanged(new StateChanged(ACTIVE, BLOCKED, ChangeCause.COMMAND, null, notes, true));
    }

    private static CustomerEvent.Builder scheduled() {
        return type(EventType.CHANGE_SCHEDULED).setChangeScheduled(new ChangeScheduled("c-3:14", BLOCKED, false, null));
    }

    private static CustomerEvent.Builder proposed() {
        return type(EventType.CHANGE_PROPOSED).setChangeProposed(new ChangeProposed("c-3:15", BLOCKED, true, "why"));
    }

    private static CustomerEvent.Builder confirmed() {
        return type(EventType.CHANGE_CONFIRMED)
                .setChangeConfirmed(new ChangeConfirmed("c-3:15", BLOCKED, START, true, ChangeCause.AUTO, "confirmed"));
    }

    private static CustomerEvent.Builder cancelled() {
        return type(EventType.CHANGE_CANCELLED)
                .setChangeCancelled(new ChangeCancelled("c-3:14", BLOCKED, CancelCause.SUPERSEDED, null));
    }

    private static CustomerEvent.Builder failed() {
        return type(EventType.CHANGE_FAILED)
                .setChangeFailed(new ChangeFailed("c-3:14", BLOCKED, RejectionCode.ILLEGAL_TRANSITION, AWKWARD));
    }

    private static CustomerEvent.Builder overdue() {
        return type(EventType.PENDING_OVERDUE).setPendingOverdue(new PendingOverdue("c-3:15", BLOCKED));
    }

    private static CustomerEvent.Builder subordinate() {
        return type(EventType.SUBORDINATE_REGISTERED)
                .setSubordinateRegistered(new SubordinateRegistered(
                        new Subordinate(SubordinateType.ACCOUNT, "a-1", null, CustomerState.ACTIVE, null)));
    }

    private static CustomerEvent.Builder subordinateOfParent() {
        return type(EventType.SUBORDINATE_REGISTERED)
                .setSubordinateRegistered(new SubordinateRegistered(new Subordinate(
                        SubordinateType.SUBSCRIBER,
                        "s,1",
                        new SubordinateRef(SubordinateType.ACCOUNT, "a-1"),
                        CustomerState.SUSPENDED,
                        "nonPayment")));
    }

    private static CustomerEvent.Builder removed() {
        return type(EventType.SUBORDINATE_REMOVED)
                .setSubordinateRemoved(new SubordinateRemoved(SubordinateType.SUBSCRIBER, "s,1"));
    }

    private static CustomerEvent.Builder completed() {
        return type(EventType.CASCADE_COMPLETED).setCascadeCompleted(new CascadeCompleted(13L, null, 1L << 40, 0L));
    }
}
