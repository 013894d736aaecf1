package dev.standing.gateway.json;

import java.util.Optional;

/** A text that is no JSON document in UTF-8. The message is for the client, and tells where it goes wrong. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;

    MalformedJsonException(String path, String message, Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    MalformedJsonException(String message) {
        super(message);
        this.path = "";
    }

    /** The path of the member that is to blame, such as {@code state.state}; empty where it is the text as a whole. */
    public Optional<String> field() {
        return Optional.of(path).filter(name -> !name.isEmpty());
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
