package dev.standing;

import dev.standing.avro.ChangeCause;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.PlannedChange;
import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.RegisterSubordinates;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateChanged;
import dev.standing.avro.StateValue;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.avro.store.ParkedCommand;
import dev.standing.avro.store.ParkedHeader;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.avro.store.RememberedRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record of every kind, with as much in it as goes. */
public final class SampleRecords {

    public static final Instant TIME = Instant.parse("2024-04-30T22:00:00.123Z");
    private static final StateValue STATE = new StateValue(CustomerState.ACTIVE, "dfltActive", TIME);

    private SampleRecords() {}

    public static List<SpecificRecord> all() {
        return List.of(
                registerCommand(),
                subordinatesCommand(),
                event(),
                result(),
                customer(),
                subordinateUpdate(),
                claim(),
                new RememberedRequest(hash(), result()),
                new RecordedEvent(event(), hash()),
                new ParkedCommand(ByteBuffer.wrap(new byte[] {1}), null, List.of(new ParkedHeader("h", null)), 5L, 6L));
    }

    public static ExternalIdClaim claim() {
        return new ExternalIdClaim("x-1", "c-1", "cmd-1", TIME);
    }

    public static Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("segment", "gold");
        attributes.put("área", "日本");
        return attributes;
    }

    public static CustomerCommand registerCommand() {
        RegisterCustomer section = new RegisterCustomer("x-1", CustomerState.SUSPENDED, "fraud", TIME, attributes());
        return new CustomerCommand(
                "cmd-1",
                "c-1",
                "r-1",
                "crm",
                7L,
                "x-1",
                CommandType.REGISTER_CUSTOMER,
                section,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static CustomerCommand subordinatesCommand() {
        return subordinatesCommand(List.of(
                new Subordinate(SubordinateType.ACCOUNT, "a-1", null, CustomerState.ACTIVE, null),
                new Subordinate(
                        SubordinateType.SUBSCRIBER,
                        "s-1",
                        new SubordinateRef(SubordinateType.ACCOUNT, "a-1"),
                        CustomerState.BLOCKED,
                        "fraud")));
    }

    public static CustomerCommand subordinatesCommand(List<Subordinate> subordinates) {
        return new CustomerCommand(
                "cmd-1",
                "c-1",
                null,
                "crm",
                null,
                null,
                CommandType.REGISTER_SUBORDINATES,
                null,
                null,
                null,
                null,
                null,
                new RegisterSubordinates(subordinates),
                null);
    }

    public static CustomerEvent event() {
        StateChanged section = new StateChanged(STATE, STATE, ChangeCause.DUE, "ch-1", null, true);
        return new CustomerEvent(
                "e-1",
                "c-1",
                3L,
                TIME,
                "cmd-1",
                "r-1",
                "crm",
                "v1",
                hash(),
                EventType.STATE_CHANGED,
                null,
                section,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static CommandResult result() {
        return new CommandResult(
                "cmd-1",
                "c-1",
                "r-1",
                "crm",
                ResultStatus.REJECTED,
                RejectionCode.VERSION_CONFLICT,
                "no",
                "f",
                true,
                "v1",
                TIME,
                customer());
    }

    public static Customer customer() {
        PlannedChange change = new PlannedChange(
                "ch-1",
                PlannedChangeStatus.PENDING,
                CustomerState.BLOCKED,
                "fraud",
                TIME,
                true,
                "n",
                2L,
                TIME,
                "cmd-1",
                null,
                "crm",
                false);
        return new Customer(
                "c-1", null, 3L, 4L, TIME, STATE, TIME, TIME, attributes(), List.of(change, change), hash());
    }

    public static SubordinateUpdate subordinateUpdate() {
        return new SubordinateUpdate(
                "u-1",
                "c-1",
                SubordinateType.SUBSCRIPTION,
                "s-1",
                new SubordinateRef(SubordinateType.ACCOUNT, "a-1"),
                STATE,
                "e-1",
                3L,
                null,
                TIME);
    }

    private static Sha256 hash() {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) 0xff;
        return new Sha256(bytes);
    }
}
