package dev.standing.processor.query;

/** A parameter of a query is not as it should be. The message tells what is expected. */
final class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    InvalidParameterException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    InvalidParameterException(String parameter, String message, Throwable cause) {
        super(message, cause);
        this.parameter = parameter;
    }

    /** Its name. */
    String parameter() {
        return parameter;
    }
}
