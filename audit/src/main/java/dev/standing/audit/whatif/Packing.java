package dev.standing.audit.whatif;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.Place;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.Sha256;
import dev.standing.avro.store.KeptSubordinate;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.SubordinateMapping;
import dev.standing.serde.AvroPayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How values lie on disk while they have no place in memory. The same release writes and reads them. */
final class Packing {

    private static final Sha256 NO_HASH = new Sha256(new byte[32]);
    /** In the place of one that has no Avro form. */
    private static final Instruction PLACEHOLDER = new CancelChange(new ChangeSelection.ById("-"), Optional.empty());

    private final AvroPayload<CustomerCommand> commands = new AvroPayload<>(CustomerCommand.class);
    private final AvroPayload<dev.standing.avro.Customer> customers =
            new AvroPayload<>(dev.standing.avro.Customer.class);
    private final AvroPayload<KeptSubordinate> subordinates = new AvroPayload<>(KeptSubordinate.class);

    /** Writes. */
    interface Writing {
        /** Writes to a stream that is in memory. */
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads. */
    interface Reading<T> {
        /** Reads from a stream that is in memory. */
        T from(DataInputStream in) throws IOException;
    }

    static byte[] pack(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written to", e);
        }
        return bytes.toByteArray();
    }

    static <T> T unpack(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException("What was packed does not end early", e);
        }
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void write(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            write(out, entry.getKey());
            write(out, entry.getValue());
        }
    }

    static void readInto(Map<String, String> map, DataInputStream in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            map.put(readText(in), readText(in));
        }
    }

    static void write(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    static void write(DataOutputStream out, Place place) throws IOException {
        out.writeInt(place.partition());
        out.writeLong(place.offset());
    }

    static Place readPlace(DataInputStream in) throws IOException {
        return new Place(in.readInt(), in.readLong());
    }

    void write(DataOutputStream out, LoggedCommand logged) throws IOException {
        write(out, logged.place());
        write(out, logged.timestamp());
        Command command = logged.command();
        boolean isUnsupported = command.instruction() instanceof Unsupported;
        write(out, commands.encode(CommandMapping.toAvro(isUnsupported ? with(command, PLACEHOLDER) : command)));
        out.writeBoolean(isUnsupported);
        if (command.instruction() instanceof Unsupported unsupported) {
            write(out, unsupported.type());
            write(out, unsupported.field().name());
            write(out, unsupported.message());
            out.writeBoolean(unsupported.needsCustomer());
        }
    }

    LoggedCommand readCommand(DataInputStream in) throws IOException {
        Place place = readPlace(in);
        Instant timestamp = readInstant(in);
        Command command = CommandMapping.toDomain(commands.decode(readBytes(in), commands.schema()));
        if (in.readBoolean()) {
            command = with(
                    command,
                    new Unsupported(readText(in), CommandField.valueOf(readText(in)), readText(in), in.readBoolean()));
        }
        return new LoggedCommand(place, timestamp, command);
    }

    private static Command with(Command command, Instruction instruction) {
        return new Command(
                command.customerId(),
                command.origin(),
                command.expectedVersion(),
                command.customerExternalId(),
                instruction);
    }

    void write(DataOutputStream out, Situation situation) throws IOException {
        out.writeBoolean(situation.customer().isPresent());
        if (situation.customer().isPresent()) {
            write(
                    out,
                    customers.encode(CustomerMapping.toAvro(situation.customer().get(), NO_HASH)));
        }
        out.writeInt(situation.subordinates().size());
        for (Subordinate subordinate : situation.subordinates().values()) {
            KeptSubordinate kept = new KeptSubordinate(
                    SubordinateMapping.toAvro(subordinate),
                    subordinate.depth(),
                    subordinate.registeredSequence(),
                    subordinate.children());
            write(out, subordinates.encode(kept));
        }
    }

    Situation readSituation(DataInputStream in) throws IOException {
        Optional<Customer> customer = in.readBoolean()
                ? Optional.of(CustomerMapping.toDomain(customers.decode(readBytes(in), customers.schema())))
                : Optional.empty();
        Map<SubordinateRef, Subordinate> all = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            KeptSubordinate kept = subordinates.decode(readBytes(in), subordinates.schema());
            Subordinate subordinate = SubordinateMapping.toDomain(
                    kept.getSubordinate(), kept.getDepth(), kept.getRegisteredSequence(), kept.getChildren());
            all.put(subordinate.ref(), subordinate);
        }
        return new Situation(customer, all);
    }
}
