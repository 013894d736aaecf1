package dev.standing.domain.command;

import java.util.Optional;

/**
 * Why a command is turned down.
 *
 * @param code for programs
 * @param message for people
 * @param field the member that is to blame, where one is
 */
public record Rejection(RejectionCode code, String message, Optional<CommandField> field) {

    /** A rejection for which one member is to blame. */
    public static Rejection of(RejectionCode code, CommandField field, String message) {
        return new Rejection(code, message, Optional.of(field));
    }

    /** A rejection for which no single member is to blame. */
    public static Rejection of(RejectionCode code, String message) {
        return new Rejection(code, message, Optional.empty());
    }
}
