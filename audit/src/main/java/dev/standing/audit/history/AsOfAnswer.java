package dev.standing.audit.history;

import dev.standing.audit.log.Place;
import java.util.Optional;

/** What the log says of one of its customers at a point in time. */
public sealed interface AsOfAnswer
        permits HeldState,
                AsOfAnswer.NothingHeld,
                AsOfAnswer.BrokenCustomer,
                AsOfAnswer.BrokenLater,
                AsOfAnswer.AstrayRecord {

    /** The customer. */
    String customerId();

    /** Where the customer stood, if it stood somewhere. */
    default Optional<HeldState> held() {
        return Optional.empty();
    }

    /** Why a customer stood nowhere. */
    enum Nothing {
        /** The customer was never registered. */
        NEVER_REGISTERED,
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
     * The customer's events do not follow each other, and it cannot be said where it stood.
     *
     * @param place the first record that does not follow
     * @param why in words
     */
    record BrokenCustomer(String customerId, Place place, String why) implements AsOfAnswer {}

    /**
     * The customer's events up to that record time follow each other, but something later does not.
     *
     * @param answer what the log says up to there: where the customer stood, or that it stood nowhere
     * @param broken what does not follow
     */
    record BrokenLater(AsOfAnswer answer, BrokenCustomer broken) implements AsOfAnswer {

        @Override
        public String customerId() {
            return answer.customerId();
        }

        @Override
        public Optional<HeldState> held() {
            return answer.held();
        }
    }

    /**
     * Records of the customer lie in a partition where they do not belong. What is said of the customer comes from its own
     * partition.
     *
     * @param place the first of them
     * @param home the customer's own partition
     */
    record AstrayRecord(String customerId, Place place, int home) implements AsOfAnswer {

        /** What is wrong, in words. */
        public String why() {
            return "it lies in the wrong place: its customer's partition is " + home;
        }
    }
}
