package dev.standing.registry;

/** The registry answered, and the answer is no. The same request will not succeed before something is changed. */
public final class RegistryRejectedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final int errorCode;

    RegistryRejectedException(Kind kind, int status, int errorCode, String message) {
        super(message);
        this.kind = kind;
        this.status = status;
        this.errorCode = errorCode;
    }

    RegistryRejectedException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = 200;
        this.errorCode = 0;
    }

    /**
     * For a registry that answered, and said no.
     *
     * @param status of HTTP
     * @param errorCode the registry's own, such as 40403; 0: none
     * @param said in the registry's words
     * @param registry its URL, or URLs
     * @param about what was asked for
     * @return of the kind that the two numbers mean
     */
    public static RegistryRejectedException answered(
            int status, int errorCode, String said, String registry, String about) {
        return RegistryAnswers.rejection(status, errorCode, said, registry, about);
    }

    /** What the registry's no means. */
    public enum Kind {
        /** 401: credentials are missing or wrong. */
        UNAUTHENTICATED,
        /** 403: the credentials are good, but do not allow this. */
        FORBIDDEN,
        /** The registry has no such subject or version. */
        UNKNOWN_SUBJECT,
        /** The registry has no such schema. */
        UNKNOWN_SCHEMA,
        /** The schema breaks the subject's compatibility level, or was refused as invalid. */
        INCOMPATIBLE,
        /** The registry has the schema, but it is not an Avro schema that can be parsed. */
        UNUSABLE_SCHEMA,
        /** Anything else, such as a URL that does not lead to a registry. */
        OTHER
    }

    /**
     * What the registry's no means.
     *
     * @return never null
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The HTTP status of the answer.
     *
     * @return 200 for {@link Kind#UNUSABLE_SCHEMA}
     */
    public int status() {
        return status;
    }

    /**
     * The registry's own error code, such as 40403.
     *
     * @return 0 if the answer had none
     */
    public int errorCode() {
        return errorCode;
    }
}
