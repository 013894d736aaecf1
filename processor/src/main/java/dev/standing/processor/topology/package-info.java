/** The Kafka Streams topology and its processors. */
package dev.standing.processor.topology;
