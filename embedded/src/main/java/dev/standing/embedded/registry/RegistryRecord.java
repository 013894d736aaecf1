package dev.standing.embedded.registry;

import java.util.Optional;

/** One record of the topic {@code _schemas}: a fact that changes the registry's state. */
sealed interface RegistryRecord {

    /** A version was registered, or marked as deleted. */
    record VersionWritten(SchemaVersion version) implements RegistryRecord {}

    /** A version was deleted for good. */
    record VersionErased(String subject, int version) implements RegistryRecord {}

    /** All versions of a subject up to this one were marked as deleted. */
    record SubjectDeleted(String subject, int upToVersion) implements RegistryRecord {}

    /** A level was set, for all subjects if none is named; no level means that it was taken back. */
    record LevelSet(Optional<String> subject, Optional<CompatibilityLevel> level) implements RegistryRecord {}

    /** A record that Confluent's registry knows and this one has no use for. */
    record Ignored(String keyType) implements RegistryRecord {}
}
