package dev.standing.domain.policy;

/** A policy that cannot be read, or contradicts itself. The message names the file and the line. */
public final class InvalidPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidPolicyException(String source, int line, String problem) {
        super(source + ", line " + line + ": " + problem);
    }

    InvalidPolicyException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
    }
}
