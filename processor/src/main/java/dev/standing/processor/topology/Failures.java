package dev.standing.processor.topology;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/** Tells failures that end the transaction from those that concern one customer. */
final class Failures {

    private Failures() {}

    /** What comes from Kafka ends the transaction; what comes from reading, deciding or encoding one customer does not. */
    static boolean areFatal(RuntimeException e) {
        return e instanceof KafkaException && !(e instanceof SerializationException);
    }
}
