package dev.standing.gateway.feed;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records of the log into messages. Safe for use by many threads. */
@FunctionalInterface
interface EventRendering {

    /**
     * The message of a record.
     *
     * @throws dev.standing.registry.RegistryException if the registry does not say how the record is to be read: try
     *     again
     */
    FeedEvent render(ConsumerRecord<byte[], byte[]> record);
}
