/** The one home of the mapping between the domain and the Avro schemas, and of the hash chain of events. */
package dev.standing.mapping;
