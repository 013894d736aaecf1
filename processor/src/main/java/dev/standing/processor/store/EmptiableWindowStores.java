package dev.standing.processor.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Makes stores that are sound while they are empty ({@link EmptiableWindowStore}).
 *
 * @param segmented makes what they consist of
 */
record EmptiableWindowStores(WindowBytesStoreSupplier segmented) implements WindowBytesStoreSupplier {

    @Override
    public String name() {
        return segmented.name();
    }

    @Override
    public WindowStore<Bytes, byte[]> get() {
        return new EmptiableWindowStore(segmented.get());
    }

    @Override
    public String metricsScope() {
        return segmented.metricsScope();
    }

    @Override
    public long segmentIntervalMs() {
        return segmented.segmentIntervalMs();
    }

    @Override
    public long windowSize() {
        return segmented.windowSize();
    }

    @Override
    public boolean retainDuplicates() {
        return segmented.retainDuplicates();
    }

    @Override
    public long retentionPeriod() {
        return segmented.retentionPeriod();
    }
}
