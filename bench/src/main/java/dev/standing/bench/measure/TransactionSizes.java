package dev.standing.bench.measure;

import java.util.HashMap;
import java.util.Map;

/**
 * How many records of a topic each transaction wrote. The marker that ends a transaction takes an offset of its own in
 * each partition that was written: between two of them the offsets of records have no gap. For one thread.
 */
public final class TransactionSizes {

    private final Map<Integer, Run> open = new HashMap<>();
    private long transactions;
    private long largest;

    /** Records of a partition without a gap. */
    private record Run(long lastOffset, long records) {}

    /** Takes the next record of its partition. */
    public void add(int partition, long offset) {
        Run before = open.get(partition);
        boolean goesOn = before != null && before.lastOffset() + 1 == offset;
        Run run = new Run(offset, goesOn ? before.records() + 1 : 1);
        if (!goesOn) {
            transactions++;
        }
        open.put(partition, run);
        largest = Math.max(largest, run.records());
    }

    /** How many transactions wrote there; one that wrote to two partitions counts twice. */
    public long transactions() {
        return transactions;
    }

    /** How many records one of them wrote to one partition at most; 0 if there are none. */
    public long largest() {
        return largest;
    }
}
