package dev.standing.audit.whatif;

import dev.standing.audit.log.Place;
import dev.standing.audit.table.Encoding;
import dev.standing.audit.table.SpillingTable;
import dev.standing.domain.event.Event;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** What is known of the customers of one partition. For one thread. */
final class TwoWaysTable implements AutoCloseable {

    private final SpillingTable<TwoWays> table;

    /** @param mostInMemory how many are kept in memory; at least 1 */
    TwoWaysTable(BiFunction<Situation, Instant, List<Event>> settlement, int mostInMemory) {
        table = new SpillingTable<>(new Packed(new Packing(), settlement), mostInMemory);
    }

    /** To be put again when it has changed. */
    Optional<TwoWays> get(String customerId) {
        return table.get(customerId);
    }

    void put(TwoWays ways) {
        table.put(ways.customerId, ways);
    }

    /** In the order of the customers' ids. */
    void forEach(BiConsumer<String, TwoWays> action) {
        table.forEach(action);
    }

    @Override
    public void close() {
        table.close();
    }

    private record Packed(Packing packing, BiFunction<Situation, Instant, List<Event>> settlement)
            implements Encoding<TwoWays> {

        @Override
        public byte[] encode(TwoWays ways) {
            return Packing.pack(out -> {
                Packing.write(out, ways.customerId);
                out.writeLong(ways.read);
                packing.write(out, ways.recorded);
                out.writeBoolean(ways.otherwise.isPresent());
                if (ways.otherwise.isPresent()) {
                    packing.write(out, ways.otherwise.get());
                }
                out.writeBoolean(ways.started);
                out.writeBoolean(ways.stopped.isPresent());
                Packing.write(out, ways.stopped.orElse(""));
                Packing.write(out, ways.last.name());
                out.writeBoolean(ways.settledAt.isPresent());
                Packing.write(out, ways.settledAt.orElse(Instant.EPOCH));
                Packing.write(out, ways.changeIds);
                Packing.write(out, ways.answers);
                out.writeInt(ways.listed.size());
                for (DifferingCommand command : ways.listed) {
                    write(out, command);
                }
                out.writeLong(ways.differing);
                out.writeLong(ways.untold);
            });
        }

        @Override
        public TwoWays decode(byte[] bytes) {
            return Packing.unpack(bytes, in -> {
                TwoWays ways = new TwoWays(Packing.readText(in), settlement);
                ways.read = in.readLong();
                ways.recorded = packing.readSituation(in);
                ways.otherwise = in.readBoolean() ? Optional.of(packing.readSituation(in)) : Optional.empty();
                ways.started = in.readBoolean();
                boolean stopped = in.readBoolean();
                ways.stopped = Optional.of(Packing.readText(in)).filter(why -> stopped);
                ways.last = Cause.valueOf(Packing.readText(in));
                boolean settled = in.readBoolean();
                ways.settledAt = Optional.of(Packing.readInstant(in)).filter(time -> settled);
                Packing.readInto(ways.changeIds, in);
                Packing.readInto(ways.answers, in);
                for (int left = in.readInt(); left > 0; left--) {
                    ways.listed.add(readDiffering(ways.customerId, in));
                }
                ways.differing = in.readLong();
                ways.untold = in.readLong();
                return ways;
            });
        }

        private static void write(DataOutputStream out, DifferingCommand command) throws IOException {
            Packing.write(out, command.place());
            Packing.write(out, command.commandId());
            Packing.write(out, command.decidedAt());
            Packing.write(out, command.was());
            Packing.write(out, command.would());
        }

        private static DifferingCommand readDiffering(String customerId, DataInputStream in) throws IOException {
            Place place = Packing.readPlace(in);
            return new DifferingCommand(
                    place,
                    customerId,
                    Packing.readText(in),
                    Packing.readInstant(in),
                    Packing.readText(in),
                    Packing.readText(in));
        }
    }
}
