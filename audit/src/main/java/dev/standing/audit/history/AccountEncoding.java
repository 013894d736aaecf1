package dev.standing.audit.history;

import dev.standing.audit.history.Account.Astray;
import dev.standing.audit.history.Account.Broken;
import dev.standing.audit.history.Account.Whole;
import dev.standing.audit.log.Place;
import dev.standing.audit.table.Encoding;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.domain.history.Course;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventMapping;
import dev.standing.serde.AvroPayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Accounts on disk. They are read by the process that wrote them, and by no other. */
final class AccountEncoding implements Encoding<Account> {

    private static final int HASH_BYTES = 32;
    private static final byte WHOLE = 0;
    private static final byte BROKEN = 1;
    private static final byte ASTRAY = 2;

    private final AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);
    private final AvroPayload<CustomerEvent> events = new AvroPayload<>(CustomerEvent.class);

    @Override
    public byte[] encode(Account account) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (account instanceof Whole whole) {
                out.writeByte(WHOLE);
                write(out, whole);
            } else if (account instanceof Broken broken) {
                out.writeByte(BROKEN);
                write(out, broken);
            } else if (account instanceof Astray astray) {
                out.writeByte(ASTRAY);
                write(out, astray.place());
                out.writeInt(astray.home());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(DataOutputStream out, Broken broken) throws IOException {
        write(out, broken.place());
        write(out, broken.why().getBytes(StandardCharsets.UTF_8));
        out.writeBoolean(broken.isLater());
        out.writeBoolean(broken.before().isPresent());
        if (broken.before().isPresent()) {
            write(out, broken.before().get());
        }
    }

    private void write(DataOutputStream out, Whole whole) throws IOException {
        ChainEnd end = whole.end();
        out.writeLong(end.sequence());
        out.writeLong(end.recordedAt().toEpochMilli());
        out.write(end.hash().bytes());
        Course course = whole.course();
        out.writeBoolean(course.isOver());
        // The hash belongs to the form of a customer, and is not read from it.
        write(out, customers, course.known().map(known -> CustomerMapping.toAvro(known, end.hash())));
        write(out, events, course.decidedBy().map(event -> EventMapping.toAvro(event, Optional.empty())));
        out.writeBoolean(whole.decidedAt().isPresent());
        if (whole.decidedAt().isPresent()) {
            write(out, whole.decidedAt().get());
        }
    }

    private static <T extends SpecificRecord> void write(
            DataOutputStream out, AvroPayload<T> payloads, Optional<T> record) throws IOException {
        out.writeBoolean(record.isPresent());
        if (record.isPresent()) {
            write(out, payloads.encode(record.get()));
        }
    }

    private static void write(DataOutputStream out, Place place) throws IOException {
        out.writeInt(place.partition());
        out.writeLong(place.offset());
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public Account decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return switch (in.readByte()) {
                case WHOLE -> whole(in);
                case BROKEN -> broken(in);
                default -> new Astray(place(in), in.readInt());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Broken broken(DataInputStream in) throws IOException {
        return new Broken(
                place(in),
                new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8),
                in.readBoolean(),
                in.readBoolean() ? Optional.of(whole(in)) : Optional.empty());
    }

    private Whole whole(DataInputStream in) throws IOException {
        ChainEnd end =
                new ChainEnd(in.readLong(), Instant.ofEpochMilli(in.readLong()), new Sha256(in.readNBytes(HASH_BYTES)));
        boolean isOver = in.readBoolean();
        Course course = new Course(
                record(in, customers).map(CustomerMapping::toDomain),
                record(in, events).map(EventMapping::toDomain),
                isOver);
        return new Whole(course, in.readBoolean() ? Optional.of(place(in)) : Optional.empty(), end);
    }

    private static <T extends SpecificRecord> Optional<T> record(DataInputStream in, AvroPayload<T> payloads)
            throws IOException {
        return in.readBoolean()
                ? Optional.of(payloads.decode(in.readNBytes(in.readInt()), payloads.schema()))
                : Optional.empty();
    }

    private static Place place(DataInputStream in) throws IOException {
        return new Place(in.readInt(), in.readLong());
    }
}
