package dev.standing.gateway.json;

import java.util.Optional;

/** A request that is not what it should be, and the part of it that is to blame. The message is for the client. */
public final class InvalidMemberException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * With the part that is to blame.
     *
     * @param path the path of a member, such as {@code state.stateReason}, or the name of a header; empty: the whole
     */
    public InvalidMemberException(String path, String message) {
        super(message);
        this.path = path;
    }

    /** As above, with what revealed it. */
    public InvalidMemberException(String path, String message, Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /** The part that is to blame; empty where it is the whole request. */
    public Optional<String> field() {
        return Optional.of(path).filter(name -> !name.isEmpty());
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
