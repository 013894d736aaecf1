package dev.standing.processor.intake;

/** Why a record of the commands topic is dead-lettered. The names go into a header. */
public enum DeadLetterReason {
    /** It is no Avro record in the wire format, or none of a command. */
    UNDECODABLE,
    /** Its key is not its customerId: it would make a second, diverging customer. */
    KEY_MISMATCH,
    /** It lies in another partition than the default partitioner chooses: the same danger. */
    WRONG_PARTITION,
    /** Its ids are such that no answer can be addressed. */
    INVALID_IDENTIFICATION,
    /** It is larger than any command can be. */
    TOO_LARGE,
    /** Deciding it failed: a defect of the processor, which must not stop the commands behind it. */
    PROCESSING_FAILED
}
