package dev.standing.audit.verify;

import dev.standing.audit.log.Place;
import dev.standing.audit.table.Encoding;
import dev.standing.avro.Customer;
import dev.standing.avro.Sha256;
import dev.standing.mapping.CustomerMapping;
import dev.standing.serde.AvroPayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How tracks are kept on disk, for as long as a run takes. */
final class TrackEncoding implements Encoding<Track> {

    private static final int HASH_BYTES = 32;
    private static final Sha256 ANY = new Sha256(new byte[HASH_BYTES]);

    private final AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);

    @Override
    public byte[] encode(Track track) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(track.seen());
            out.writeBoolean(track.suspect());
            out.writeBoolean(track.midway());
            out.writeBoolean(track.isRecordReported());
            out.writeLong(track.sequence());
            out.writeLong(track.offset());
            out.writeLong(track.recordedAt());
            out.writeBoolean(track.head().isPresent());
            out.write(track.head().orElse(ANY).bytes());
            out.writeBoolean(track.folded().isPresent());
            if (track.folded().isPresent()) {
                write(out, track.folded().get());
            }
            write(out, track.first());
            write(out, track.later());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(DataOutputStream out, Folded folded) throws IOException {
        write(out, CustomerMapping.toAvro(folded.customer(), ANY));
        out.writeInt(folded.cascades().size());
        for (Folded.Cascading cascade : folded.cascades()) {
            out.writeLong(cascade.causeSequence());
            out.writeBoolean(cascade.changeId().isPresent());
            byte[] changeId = cascade.changeId().orElse("").getBytes(StandardCharsets.UTF_8);
            out.writeInt(changeId.length);
            out.write(changeId);
        }
    }

    private void write(DataOutputStream out, Optional<Anchor> anchor) throws IOException {
        out.writeBoolean(anchor.isPresent());
        if (anchor.isPresent()) {
            Anchor present = anchor.get();
            out.writeInt(present.place().partition());
            out.writeLong(present.place().offset());
            out.writeLong(present.sequence());
            out.write(present.hash().bytes());
            out.writeBoolean(present.record().isPresent());
            if (present.record().isPresent()) {
                write(out, present.record().get());
            }
        }
    }

    private void write(DataOutputStream out, Customer customer) throws IOException {
        byte[] payload = customers.encode(customer);
        out.writeInt(payload.length);
        out.write(payload);
    }

    @Override
    public Track decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            boolean seen = in.readBoolean();
            boolean suspect = in.readBoolean();
            boolean midway = in.readBoolean();
            boolean reported = in.readBoolean();
            long sequence = in.readLong();
            long offset = in.readLong();
            long recordedAt = in.readLong();
            boolean hasHead = in.readBoolean();
            Sha256 head = hash(in);
            Optional<Folded> folded = in.readBoolean() ? Optional.of(folded(in)) : Optional.empty();
            return new Track(
                    seen,
                    suspect,
                    midway,
                    sequence,
                    offset,
                    recordedAt,
                    hasHead ? Optional.of(head) : Optional.empty(),
                    folded,
                    anchor(in),
                    anchor(in),
                    reported);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Folded folded(DataInputStream in) throws IOException {
        Customer customer = customer(in);
        List<Folded.Cascading> cascades = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            long sequence = in.readLong();
            boolean hasChange = in.readBoolean();
            String changeId = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            cascades.add(new Folded.Cascading(sequence, hasChange ? Optional.of(changeId) : Optional.empty()));
        }
        return new Folded(CustomerMapping.toDomain(customer), List.copyOf(cascades));
    }

    private Optional<Anchor> anchor(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return Optional.empty();
        }
        Place place = new Place(in.readInt(), in.readLong());
        long sequence = in.readLong();
        Sha256 hash = hash(in);
        return Optional.of(
                new Anchor(place, sequence, hash, in.readBoolean() ? Optional.of(customer(in)) : Optional.empty()));
    }

    private Customer customer(DataInputStream in) throws IOException {
        return customers.decode(in.readNBytes(in.readInt()), customers.schema());
    }

    private static Sha256 hash(DataInputStream in) throws IOException {
        return new Sha256(in.readNBytes(HASH_BYTES));
    }
}
