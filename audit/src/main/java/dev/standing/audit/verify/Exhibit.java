package dev.standing.audit.verify;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import java.util.Optional;

/**
 * A record of the log that has to do with a suspect customer.
 *
 * @param place where
 * @param event the event; empty: it lies where one of the customer should be, under the customer's key, but is none
 * @param isReported whether something is wrong with the record whatever the chain says, and is told already
 */
record Exhibit(Place place, Optional<LoggedEvent> event, boolean isReported) {}
