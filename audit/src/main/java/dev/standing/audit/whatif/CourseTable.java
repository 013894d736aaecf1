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

/** The courses of the customers of one partition. For one thread. */
final class CourseTable implements AutoCloseable {

    private final SpillingTable<Course> table;

    /** @param mostInMemory how many are kept in memory; at least 1 */
    CourseTable(BiFunction<Situation, Instant, List<Event>> settlement, int mostInMemory) {
        table = new SpillingTable<>(new Packed(new Packing(), settlement), mostInMemory);
    }

    /** To be put again when it has changed. */
    Optional<Course> get(String customerId) {
        return table.get(customerId);
    }

    void put(Course course) {
        table.put(course.customerId, course);
    }

    /** In the order of the customers' ids. */
    void forEach(BiConsumer<String, Course> action) {
        table.forEach(action);
    }

    @Override
    public void close() {
        table.close();
    }

    private record Packed(Packing packing, BiFunction<Situation, Instant, List<Event>> settlement)
            implements Encoding<Course> {

        @Override
        public byte[] encode(Course course) {
            return Packing.pack(out -> {
                Packing.write(out, course.customerId);
                out.writeLong(course.read);
                packing.write(out, course.recorded);
                out.writeBoolean(course.otherwise.isPresent());
                if (course.otherwise.isPresent()) {
                    packing.write(out, course.otherwise.get());
                }
                out.writeBoolean(course.started);
                out.writeBoolean(course.stopped.isPresent());
                Packing.write(out, course.stopped.orElse(""));
                out.writeInt(course.last.ordinal());
                out.writeBoolean(course.settledAt.isPresent());
                Packing.write(out, course.settledAt.orElse(Instant.EPOCH));
                Packing.write(out, course.changeIds);
                Packing.write(out, course.answers);
                out.writeInt(course.listed.size());
                for (DifferingCommand command : course.listed) {
                    write(out, command);
                }
                out.writeLong(course.differing);
                out.writeLong(course.untold);
            });
        }

        @Override
        public Course decode(byte[] bytes) {
            return Packing.unpack(bytes, in -> {
                Course course = new Course(Packing.readText(in), settlement);
                course.read = in.readLong();
                course.recorded = packing.readSituation(in);
                course.otherwise = in.readBoolean() ? Optional.of(packing.readSituation(in)) : Optional.empty();
                course.started = in.readBoolean();
                boolean stopped = in.readBoolean();
                course.stopped = Optional.of(Packing.readText(in)).filter(why -> stopped);
                course.last = Cause.values()[in.readInt()];
                boolean settled = in.readBoolean();
                course.settledAt = Optional.of(Packing.readInstant(in)).filter(time -> settled);
                Packing.readInto(course.changeIds, in);
                Packing.readInto(course.answers, in);
                for (int left = in.readInt(); left > 0; left--) {
                    course.listed.add(readDiffering(course.customerId, in));
                }
                course.differing = in.readLong();
                course.untold = in.readLong();
                return course;
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
