package dev.standing.audit.verify;

/** What can be wrong. */
public enum FindingKind {
    /** The partition does not begin at offset 0. */
    PARTITION_CUT("Records at the beginning of the partition were deleted."),
    /** A record of events that is none. */
    UNDECODABLE("The record cannot be read as an event."),
    /** Key and event name different customers. */
    WRONG_KEY("The record's key is not the event's customerId."),
    /** Not in the partition of its customer. */
    WRONG_PARTITION("The record lies in another partition than its customer's."),
    /** Not the id that follows from customer and sequence. */
    WRONG_EVENT_ID("The eventId does not follow from the customerId and the sequence."),
    /** Not what its neighbours vouch for. */
    CHANGED("The event is not the one that its neighbours in the chain, or the customer's record, vouch for."),
    /** There is a genuine one of its sequence. */
    FORGED("The event has no place in the customer's chain: another one of its sequence has."),
    /** A copy. */
    DOUBLED("The event is in the log already."),
    /** Events that should be there. */
    MISSING("Events of the customer are missing between these places."),
    /** In the chain, but not in its place. */
    OUT_OF_ORDER("The event is not behind the one that it follows in the chain."),
    /** Recorded before the one before it. */
    TIME_BACKWARDS("The event was recorded before the one that it follows."),
    /** What cannot have happened. */
    IMPOSSIBLE("The event cannot have happened to the customer as it was."),
    /** No record of a customer that has events. */
    RECORD_MISSING("The customer has events but no record: the events are forged, or the record is lost."),
    /** Events that the record does not know of. */
    RECORD_BEHIND("The customer's record does not know of the event: the event is forged, or the record is stale."),
    /** Another record than follows from the events. */
    RECORD_DIFFERS("The customer's record is not what its events make of it."),
    /** A record of customers that is none. */
    RECORD_UNDECODABLE("The record cannot be read as a customer."),
    /** A tombstone. */
    RECORD_DELETED("The customer's record was deleted, which customers never are."),
    /** Key and customer differ. */
    RECORD_WRONG_KEY("The record's key is not the customer's id."),
    /** Not in the partition of its customer. */
    RECORD_WRONG_PARTITION("The customer's record lies in another partition than the customer's."),
    /** The processor answers otherwise. */
    ANSWER_DIFFERS("The gateway answers something else than the events say."),
    /** The log is not the one that was signed. */
    CHECKPOINT_DIFFERS("The log is not the one that the checkpoint was made of."),
    /** Not signed by that key. */
    CHECKPOINT_UNSIGNED("The checkpoint is not signed by this key: nothing that it says can be believed."),
    /** A customer that does not fold, for no reason that this program knows. */
    UNEXPLAINED("The customer's events do not fit together.");

    private final String meaning;

    FindingKind(String meaning) {
        this.meaning = meaning;
    }

    /** What it means, in one sentence. */
    public String meaning() {
        return meaning;
    }
}
