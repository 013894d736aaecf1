package dev.standing.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.standing.mapping.json.EventJson;
import dev.standing.mapping.json.SubordinateJson;
import dev.standing.serde.GeneratedClasses;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What processors show of events and subordinates, which the gateway relays, is as the document says. */
class ViewsAndDocumentTest {

    private static final Instant TIME = Instant.parse("2024-04-30T22:00:00.120Z");
    private static final Sha256 HASH = new Sha256(new byte[32]);
    private static final StateValue STATE = new StateValue(CustomerState.SUSPENDED, "dfltSuspended", TIME);

    static {
        GeneratedClasses.trust();
    }

    private final OpenApi openApi = new OpenApi();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyEventIsAsDocumented(EventType type) {
        for (boolean isFull : new boolean[] {true, false}) {
            ObjectNode json = EventJson.of(event(type, isFull), HASH);

            assertThat(openApi.errors("/components/schemas/Event", json.toString()))
                    .as(json.toString())
                    .isEmpty();
            json.put("customerId", "c-1");
            assertThat(openApi.errors("/components/schemas/FeedEvent", json.toString()))
                    .as(json.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void nothingElseIsAnEvent(EventType type) {
        ObjectNode more = EventJson.of(event(type, true), HASH);
        ((ObjectNode) more.get("data")).put("more", true);
        ObjectNode other = EventJson.of(event(type, true), HASH).put("more", true);

        assertThat(openApi.errors("/components/schemas/Event", more.toString())).isNotEmpty();
        assertThat(openApi.errors("/components/schemas/Event", other.toString()))
                .isNotEmpty();
    }

    /** With everything that an event can have, or with as little. */
    private static CustomerEvent event(EventType type, boolean isFull) {
        String text = isFull ? "text" : null;
        CustomerEvent.Builder event = CustomerEvent.newBuilder()
                .setEventId("c-1:2")
                .setCustomerId("c-1")
                .setSequence(2)
                .setRecordedAt(TIME)
                .setCommandId("a-command")
                .setRequestId(text)
                .setSource("crm")
                .setPolicyVersion("1")
                .setPreviousHash(isFull ? HASH : null)
                .setType(type);
        return with(event, type, text).build();
    }

    private static CustomerEvent.Builder with(CustomerEvent.Builder event, EventType type, @Nullable String text) {
        boolean isFull = text != null;
        return switch (type) {
            case UNKNOWN -> event;
            case CUSTOMER_REGISTERED ->
                event.setCustomerRegistered(CustomerRegistered.newBuilder()
                        .setExternalId(text)
                        .setState(STATE)
                        .setAttributes(isFull ? Map.of("segment", "") : Map.of())
                        .build());
            case STATE_CHANGED ->
                event.setStateChanged(StateChanged.newBuilder()
                        .setBefore(STATE)
                        .setAfter(STATE)
                        .setCause(ChangeCause.DUE)
                        .setChangeId(text)
                        .setNotes(text)
                        .setCascade(isFull)
                        .build());
            case CHANGE_SCHEDULED ->
                event.setChangeScheduled(ChangeScheduled.newBuilder()
                        .setChangeId("c-1:2")
                        .setChange(STATE)
                        .setNotes(text)
                        .build());
            case CHANGE_PROPOSED ->
                event.setChangeProposed(ChangeProposed.newBuilder()
                        .setChangeId("c-1:2")
                        .setChange(STATE)
                        .setNotes(text)
                        .build());
            case CHANGE_CONFIRMED ->
                event.setChangeConfirmed(ChangeConfirmed.newBuilder()
                        .setChangeId("c-1:2")
                        .setChange(STATE)
                        .setProposedValidFrom(TIME)
                        .setCause(ChangeCause.AUTO)
                        .setNotes(text)
                        .build());
            case CHANGE_CANCELLED ->
                event.setChangeCancelled(ChangeCancelled.newBuilder()
                        .setChangeId("c-1:2")
                        .setChange(STATE)
                        .setCause(CancelCause.TERMINAL_STATE)
                        .setNotes(text)
                        .build());
            case CHANGE_FAILED ->
                event.setChangeFailed(
                        new ChangeFailed("c-1:2", STATE, RejectionCode.ILLEGAL_TRANSITION, "It leads nowhere"));
            case PENDING_OVERDUE -> event.setPendingOverdue(new PendingOverdue("c-1:2", STATE));
            case SUBORDINATE_REGISTERED ->
                event.setSubordinateRegistered(new SubordinateRegistered(subordinate(isFull)));
            case SUBORDINATE_REMOVED ->
                event.setSubordinateRemoved(new SubordinateRemoved(SubordinateType.SUBSCRIBER, "s-1"));
            case CASCADE_COMPLETED ->
                event.setCascadeCompleted(CascadeCompleted.newBuilder()
                        .setCauseSequence(1)
                        .setChangeId(text)
                        .setUpdated(7)
                        .setSkipped(0)
                        .build());
        };
    }

    static Stream<Subordinate> subordinates() {
        return Stream.of(subordinate(true), subordinate(false));
    }

    private static Subordinate subordinate(boolean isFull) {
        Optional<SubordinateRef> parent =
                Optional.of(new SubordinateRef(SubordinateType.ACCOUNT, "a-0")).filter(ref -> isFull);
        return Subordinate.newBuilder()
                .setType(SubordinateType.ACCOUNT)
                .setId("a-1")
                .setParent(parent.orElse(null))
                .setState(CustomerState.ACTIVE)
                .setStateReason(isFull ? "dfltActive" : null)
                .build();
    }

    @ParameterizedTest
    @MethodSource("subordinates")
    void everySubordinateIsAsDocumented(Subordinate subordinate) {
        String json = SubordinateJson.of(subordinate).toString();

        assertThat(openApi.errors("/components/schemas/Subordinate", json)).isEmpty();
    }
}
