package dev.standing.audit.verify;

import dev.standing.audit.table.Encoding;
import dev.standing.audit.table.SpillingTable;
import dev.standing.avro.store.KeptSubordinate;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.HierarchyChange.Put;
import dev.standing.domain.hierarchy.HierarchyChange.Remove;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.mapping.SubordinateMapping;
import dev.standing.serde.StoreCodec;
import java.util.List;

/** The subordinates of all customers of a partition, which need not fit into memory. For one thread. */
final class RowsInTable implements SubordinateRows, AutoCloseable {

    private final SpillingTable<Subordinate> table;
    private long count;

    RowsInTable(int mostInMemory) {
        this.table = new SpillingTable<>(new Rows(), mostInMemory);
    }

    /** How many there are. */
    long count() {
        return count;
    }

    @Override
    public Hierarchy of(String customerId) {
        return ref -> table.get(key(customerId, ref));
    }

    @Override
    public void apply(String customerId, List<HierarchyChange> changes) {
        for (HierarchyChange change : changes) {
            if (change instanceof Put put) {
                String key = key(customerId, put.subordinate().ref());
                count += table.get(key).isPresent() ? 0 : 1;
                table.put(key, put.subordinate());
            } else if (change instanceof Remove remove) {
                table.remove(key(customerId, remove.subordinate().ref()));
                count--;
            }
        }
    }

    /** The length tells where the customerId ends, whatever characters it has. */
    private static String key(String customerId, SubordinateRef ref) {
        return customerId.length() + ":" + customerId + ref.type() + ":" + ref.id();
    }

    @Override
    public void close() {
        table.close();
    }

    private static final class Rows implements Encoding<Subordinate> {

        private final StoreCodec<KeptSubordinate> codec = new StoreCodec<>(KeptSubordinate.class);

        @Override
        public byte[] encode(Subordinate subordinate) {
            return codec.encode(new KeptSubordinate(
                    SubordinateMapping.toAvro(subordinate),
                    subordinate.depth(),
                    subordinate.registeredSequence(),
                    subordinate.children()));
        }

        @Override
        public Subordinate decode(byte[] bytes) {
            KeptSubordinate kept = codec.decode(bytes);
            return SubordinateMapping.toDomain(
                    kept.getSubordinate(), kept.getDepth(), kept.getRegisteredSequence(), kept.getChildren());
        }
    }
}
