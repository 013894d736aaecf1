package dev.standing.audit.whatif;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.table.Encoding;
import dev.standing.audit.table.SpillingTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The commands of one partition until their results are met. For one thread. */
final class CommandIndex implements AutoCloseable {

    private final SpillingTable<List<LoggedCommand>> table;
    private long size;

    /**
     * With all of these.
     *
     * @param mostInMemory how many are kept in memory; at least 1
     */
    CommandIndex(Iterator<LoggedCommand> commands, int mostInMemory) {
        table = new SpillingTable<>(new Packed(new Packing()), mostInMemory);
        commands.forEachRemaining(this::add);
    }

    private void add(LoggedCommand logged) {
        String key =
                key(logged.command().customerId(), logged.command().origin().commandId());
        List<LoggedCommand> all = new ArrayList<>(table.get(key).orElse(List.of()));
        all.add(logged);
        table.put(key, List.copyOf(all));
        size++;
    }

    /** Takes out the first one of this id, if there is one. */
    Optional<LoggedCommand> take(String customerId, String commandId) {
        String key = key(customerId, commandId);
        List<LoggedCommand> all = table.get(key).orElse(List.of());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        size--;
        if (all.size() == 1) {
            table.remove(key);
        } else {
            table.put(key, List.copyOf(all.subList(1, all.size())));
        }
        return Optional.of(all.get(0));
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Those that are left. */
    void forEach(Consumer<LoggedCommand> action) {
        table.forEach((key, all) -> all.forEach(action));
    }

    /** No two pairs of ids run together. */
    private static String key(String customerId, String commandId) {
        return customerId.length() + ":" + customerId + ":" + commandId;
    }

    @Override
    public void close() {
        table.close();
    }

    private record Packed(Packing packing) implements Encoding<List<LoggedCommand>> {

        @Override
        public byte[] encode(List<LoggedCommand> all) {
            return Packing.pack(out -> {
                out.writeInt(all.size());
                for (LoggedCommand logged : all) {
                    packing.write(out, logged);
                }
            });
        }

        @Override
        public List<LoggedCommand> decode(byte[] bytes) {
            return Packing.unpack(bytes, in -> {
                List<LoggedCommand> all = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    all.add(packing.readCommand(in));
                }
                return List.copyOf(all);
            });
        }
    }
}
