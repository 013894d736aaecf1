package dev.standing.mapping.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.Sha256;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.SubordinateMapping;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code contracts.md}: what HTTP shows of subordinates and of the events that are about them. */
class SubordinateJsonTest {

    private static final SubordinateRef PARENT = new SubordinateRef(SubordinateType.ACCOUNT, "a-0");
    private static final SubordinateRef ACCOUNT = new SubordinateRef(SubordinateType.ACCOUNT, "a-1");

    @Test
    void aSubordinateIsShownWithItsParent() {
        assertThat(json(Optional.of(PARENT)))
                .isEqualTo("{\"type\":\"ACCOUNT\",\"id\":\"a-1\",\"parent\":{\"type\":\"ACCOUNT\",\"id\":\"a-0\"},"
                        + "\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}");
    }

    @Test
    void noParentMeansTheCustomer() {
        assertThat(json(Optional.empty()))
                .isEqualTo("{\"type\":\"ACCOUNT\",\"id\":\"a-1\",\"parent\":null,"
                        + "\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}");
    }

    @Test
    void aRegistrationShowsTheSubordinate() {
        assertThat(data(new Fact.SubordinateRegistered(ACCOUNT, Optional.of(PARENT), CustomerState.BLOCKED, "fraud")))
                .isEqualTo("SubordinateRegistered {\"subordinate\":{\"type\":\"ACCOUNT\",\"id\":\"a-1\",\"parent\":"
                        + "{\"type\":\"ACCOUNT\",\"id\":\"a-0\"},\"state\":\"BLOCKED\",\"stateReason\":\"fraud\"}}");
    }

    @Test
    void aRemovalNamesTheSubordinate() {
        assertThat(data(new Fact.SubordinateRemoved(ACCOUNT)))
                .isEqualTo("SubordinateRemoved {\"type\":\"ACCOUNT\",\"id\":\"a-1\"}");
    }

    @Test
    void aCompletedCascadeShowsItsCauseAndItsCounts() {
        assertThat(data(new Fact.CascadeCompleted(7, Optional.of("c-1:2"), 3, 4)))
                .isEqualTo("CascadeCompleted {\"causeSequence\":7,\"changeId\":\"c-1:2\",\"updated\":3,\"skipped\":4}");
        assertThat(data(new Fact.CascadeCompleted(7, Optional.empty(), 0, 0)))
                .isEqualTo("CascadeCompleted {\"causeSequence\":7,\"changeId\":null,\"updated\":0,\"skipped\":0}");
    }

    private static String json(Optional<SubordinateRef> parent) {
        Subordinate subordinate = new Subordinate(ACCOUNT, parent, 2, CustomerState.ACTIVE, "dfltActive", 5, 3);
        return SubordinateJson.of(SubordinateMapping.toAvro(subordinate)).toString();
    }

    private static String data(Fact fact) {
        Event event =
                new Event("c-1", 9, Instant.EPOCH, new Origin("cmd-1", Optional.empty(), "crm"), "default-1", fact);
        var json = EventJson.of(EventMapping.toAvro(event, Optional.empty()), new Sha256(new byte[32]));
        return json.get("type").textValue() + " " + json.get("data");
    }
}
