package dev.standing.audit.history;

import dev.standing.audit.log.Place;

/** What the log says of one of its customers at a point in time. */
public sealed interface AsOfAnswer permits HeldState, AsOfAnswer.NothingHeld, AsOfAnswer.BrokenCustomer {

    /** The customer. */
    String customerId();

    /** Why a customer stood nowhere. */
    enum Nothing {
        /** The customer was not registered yet at that record time. */
        UNKNOWN_THEN,
        /** The customer was known, but its first state held only later. */
        NO_STATE_THEN
    }

    /**
     * The customer stood nowhere.
     *
     * @param why in a word
     */
    record NothingHeld(String customerId, Nothing why) implements AsOfAnswer {}

    /**
     * The customer's events do not follow each other, so that nothing can be said.
     *
     * @param place the first record that does not follow
     * @param why in words
     */
    record BrokenCustomer(String customerId, Place place, String why) implements AsOfAnswer {}
}
