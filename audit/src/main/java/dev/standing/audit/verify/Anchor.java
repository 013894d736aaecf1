package dev.standing.audit.verify;

import dev.standing.audit.log.Place;
import dev.standing.avro.Customer;
import dev.standing.avro.Sha256;
import java.util.Optional;

/**
 * What a customer's record says about the chain.
 *
 * @param place where in the topic of customers
 * @param sequence that of the customer's last event when it was written
 * @param hash that of the event
 * @param record all of it, until it was compared with what the events make of the customer
 */
record Anchor(Place place, long sequence, Sha256 hash, Optional<Customer> record) {

    static Anchor of(Place place, Customer record) {
        return new Anchor(place, record.getSequence(), record.getLastEventHash(), Optional.of(record));
    }

    /** The same, of which all was compared. */
    Anchor compared() {
        return new Anchor(place, sequence, hash, Optional.empty());
    }
}
