package dev.standing.audit.verify;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.table.Encoding;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.serde.AvroPayload;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How exhibits are kept on disk, for as long as a run takes. */
final class ExhibitEncoding implements Encoding<Exhibit> {

    private static final int HASH_BYTES = 32;
    private static final byte[] NOTHING = {};

    private final AvroPayload<CustomerEvent> events = new AvroPayload<>(CustomerEvent.class);

    @Override
    public byte[] encode(Exhibit exhibit) {
        byte[] hash = exhibit.event().map(event -> event.hash().bytes()).orElse(NOTHING);
        byte[] payload =
                exhibit.event().map(event -> events.encode(event.event())).orElse(NOTHING);
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES + 2 + hash.length + payload.length)
                .putInt(exhibit.place().partition())
                .putLong(exhibit.place().offset())
                .put((byte) (exhibit.isReported() ? 1 : 0))
                .put((byte) (exhibit.event().isPresent() ? 1 : 0))
                .put(hash)
                .put(payload)
                .array();
    }

    @Override
    public Exhibit decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Place place = new Place(in.getInt(), in.getLong());
        boolean reported = in.get() != 0;
        if (in.get() == 0) {
            return new Exhibit(place, Optional.empty(), reported);
        }
        byte[] hash = new byte[HASH_BYTES];
        in.get(hash);
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        CustomerEvent event = events.decode(payload, events.schema());
        return new Exhibit(place, Optional.of(new LoggedEvent(place, event, new Sha256(hash))), reported);
    }
}
