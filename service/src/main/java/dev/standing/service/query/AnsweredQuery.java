package dev.standing.service.query;

/**
 * The header by which a processor says which query it answers: the path with its query, exactly as it was asked. An
 * answer without it, or with another one, is none: whatever listens on a port that a processor had before, and whatever
 * goes wrong on the way, is never taken for the answer to a question that it was not asked.
 */
public final class AnsweredQuery {

    /** The header. */
    public static final String HEADER = "Standing-Answers";

    private static final String ROOT = "/query/";

    private AnsweredQuery() {}

    /** The value of the header; what a proxy may have put before the path does not count. */
    public static String of(String rawPath, String rawQuery) {
        return rawPath.substring(Math.max(0, rawPath.lastIndexOf(ROOT))) + "?" + rawQuery;
    }
}
