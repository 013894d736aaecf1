package dev.standing.embedded.registry;

/**
 * A request that the registry turns down, with the codes of Confluent's REST API. The HTTP side turns it into the
 * answer; it never is a fault of the registry.
 */
final class RegistryRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final int status;
    private final int code;

    private RegistryRefusal(int status, int code, String message) {
        // An answer, not a failure: where in the code it arose is of no interest, so no stack trace is taken.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RegistryRefusal subjectNotFound(String subject) {
        return new RegistryRefusal(NOT_FOUND, 40401, "Subject '%s' not found.".formatted(subject));
    }

    static RegistryRefusal versionNotFound(String version) {
        return new RegistryRefusal(NOT_FOUND, 40402, "Version %s not found.".formatted(version));
    }

    static RegistryRefusal schemaNotFound() {
        return new RegistryRefusal(NOT_FOUND, 40403, "Schema not found");
    }

    static RegistryRefusal schemaNotFound(String idOrGuid) {
        return new RegistryRefusal(NOT_FOUND, 40403, "Schema %s not found".formatted(idOrGuid));
    }

    static RegistryRefusal subjectAlreadyDeleted(String subject) {
        return new RegistryRefusal(
                NOT_FOUND,
                40404,
                "Subject '%s' was soft deleted. Set permanent=true to delete permanently".formatted(subject));
    }

    static RegistryRefusal subjectNotYetDeleted(String subject) {
        return new RegistryRefusal(
                NOT_FOUND,
                40405,
                "Subject '%s' was not deleted first before being permanently deleted".formatted(subject));
    }

    static RegistryRefusal versionAlreadyDeleted(String subject, int version) {
        return new RegistryRefusal(
                NOT_FOUND,
                40406,
                "Subject '%s' Version %d was soft deleted. Set permanent=true to delete permanently"
                        .formatted(subject, version));
    }

    static RegistryRefusal versionNotYetDeleted(String subject, int version) {
        return new RegistryRefusal(
                NOT_FOUND,
                40407,
                "Subject '%s' Version %d was not deleted first before being permanently deleted"
                        .formatted(subject, version));
    }

    static RegistryRefusal levelNotConfigured(String subject) {
        return new RegistryRefusal(
                NOT_FOUND,
                40408,
                "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
    }

    static RegistryRefusal incompatible(String subject, String details) {
        return new RegistryRefusal(
                CONFLICT,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
                        .formatted(subject, details));
    }

    static RegistryRefusal invalidSchema(String reason) {
        return new RegistryRefusal(UNPROCESSABLE, 42201, "Invalid schema: " + reason);
    }

    static RegistryRefusal invalidVersion(String version) {
        return new RegistryRefusal(
                UNPROCESSABLE,
                42202,
                "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
                        .formatted(version));
    }

    static RegistryRefusal invalidLevel() {
        return new RegistryRefusal(
                UNPROCESSABLE,
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");
    }

    static RegistryRefusal notSupported(String what) {
        return new RegistryRefusal(UNPROCESSABLE, 42205, what + " is not supported by this local registry");
    }

    static RegistryRefusal stillReferenced(SchemaVersion version) {
        return new RegistryRefusal(
                UNPROCESSABLE,
                42206,
                "One or more references exist to the schema {subject=%s,version=%d}"
                        .formatted(version.subject(), version.version()));
    }

    static RegistryRefusal malformed(String reason) {
        return new RegistryRefusal(400, 400, reason);
    }
}
