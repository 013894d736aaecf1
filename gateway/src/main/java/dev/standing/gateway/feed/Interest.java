package dev.standing.gateway.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** Whose events somebody wants: everybody's, or one customer's. */
final class Interest {

    private static final Interest EVERYTHING = new Interest(Optional.empty(), -1);

    private final Optional<byte[]> key;
    private final int partition;

    private Interest(Optional<byte[]> key, int partition) {
        this.key = key;
        this.partition = partition;
    }

    /** In the events of all customers. */
    static Interest inEverything() {
        return EVERYTHING;
    }

    /** In the events of one customer, which lie where the default (murmur2) partitioner puts them. */
    static Interest inCustomer(String customerId, int partitions) {
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        return new Interest(Optional.of(key), Utils.toPositive(Utils.murmur2(key)) % partitions);
    }

    /** Whether a record with this key, which may be null, is of interest. */
    boolean includes(byte[] keyOfRecord) {
        return key.isEmpty() || Arrays.equals(key.get(), keyOfRecord);
    }

    /** Whether anything in a partition can be of interest. */
    boolean concerns(int somePartition) {
        return key.isEmpty() || partition == somePartition;
    }
}
