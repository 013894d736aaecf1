package dev.standing.audit.log;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;

/**
 * An event where it lies in the log.
 *
 * @param place where
 * @param event as it could be read
 * @param hash the SHA-256 of its payload exactly as it lies there, which the customer's next event is to carry
 */
public record LoggedEvent(Place place, CustomerEvent event, Sha256 hash) {}
