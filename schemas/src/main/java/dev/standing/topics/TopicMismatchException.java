package dev.standing.topics;

import java.util.List;

/** The topics are not as the catalogue says. The message lists every difference, with what to do about it. */
public final class TopicMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String[] differences;

    TopicMismatchException(List<String> differences) {
        super("The topics are not as they have to be:\n  - " + String.join("\n  - ", differences));
        this.differences = differences.toArray(String[]::new);
    }

    /**
     * Every difference, with what to do about it: one sentence or two each.
     *
     * @return not empty
     */
    public List<String> differences() {
        return List.of(differences);
    }
}
