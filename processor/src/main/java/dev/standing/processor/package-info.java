/** The processor as a service: its settings, its Kafka Streams topology, its start and stop. */
package dev.standing.processor;
