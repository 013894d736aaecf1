package dev.standing.processor.output;

/** A record that follows from a command is larger than brokers take: sending it would fail for ever. */
public final class OversizedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OversizedRecordException(int bytes, int most) {
        super("A record that follows would have " + bytes + " bytes; brokers take " + most);
    }
}
