package dev.standing.audit.history;

import dev.standing.audit.log.Place;
import dev.standing.avro.SubordinateUpdate;

/**
 * An update of a subordinate where it lies in the log.
 *
 * @param place where
 * @param update as it could be read
 */
public record LoggedUpdate(Place place, SubordinateUpdate update) {}
