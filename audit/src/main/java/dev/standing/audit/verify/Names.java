package dev.standing.audit.verify;

import dev.standing.audit.log.Place;

/**
 * The topics that are held against each other.
 *
 * @param events the whole name of the log
 * @param customers the whole name of the topic of customers
 * @param partitions how many each has
 */
record Names(String events, String customers, int partitions) {

    Site event(Place place) {
        return new Site(events, place);
    }

    Site customer(Place place) {
        return new Site(customers, place);
    }
}
