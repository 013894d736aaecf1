package dev.standing.audit.verify;

import org.apache.kafka.common.utils.Utils;

/** Where Kafka's default partitioner puts a key ({@code semantics.md} section 3). */
final class HomePartition {

    private HomePartition() {}

    static int of(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
