package dev.standing.processor.history;

import dev.standing.avro.Subordinate;

/**
 * A subordinate, and where it stands among those of its customer.
 *
 * @param subordinate in the state that it was given last, by a registration or a cascade that is complete
 */
public record PlacedSubordinate(SubordinatePosition position, Subordinate subordinate) {}
