/** The headers of Kafka records: their names, and how they are written and read. */
package dev.standing.headers;
