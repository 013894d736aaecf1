package dev.standing.embedded.registry;

import dev.standing.embedded.registry.RegistryRecord.Ignored;
import dev.standing.embedded.registry.RegistryRecord.LevelSet;
import dev.standing.embedded.registry.RegistryRecord.SubjectDeleted;
import dev.standing.embedded.registry.RegistryRecord.VersionErased;
import dev.standing.embedded.registry.RegistryRecord.VersionWritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the records of the topic add up to. The thread that reads the topic alone applies records; any thread may ask.
 * Answers are copies.
 */
final class RegistryState {

    private final NavigableMap<String, NavigableMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private Optional<CompatibilityLevel> globalLevel = Optional.empty();

    /** Ids are never used twice while the topic is known, not even those of erased schemas. */
    private int highestId;

    synchronized void apply(RegistryRecord fact) {
        if (fact instanceof VersionWritten written) {
            put(written.version());
        } else if (fact instanceof VersionErased erased) {
            erase(erased);
        } else if (fact instanceof SubjectDeleted deleted) {
            versions(deleted.subject()).stream()
                    .filter(version -> version.version() <= deleted.upToVersion())
                    .forEach(version -> put(version.asDeleted()));
        } else if (fact instanceof LevelSet set) {
            apply(set);
        } else if (!(fact instanceof Ignored)) {
            throw new IllegalArgumentException("unknown record " + fact);
        }
    }

    private void put(SchemaVersion version) {
        subjects.computeIfAbsent(version.subject(), subject -> new TreeMap<>()).put(version.version(), version);
        highestId = Math.max(highestId, version.id());
    }

    private void erase(VersionErased erased) {
        subjects.computeIfPresent(erased.subject(), (subject, versions) -> {
            versions.remove(erased.version());
            return versions.isEmpty() ? null : versions;
        });
    }

    private void apply(LevelSet set) {
        if (set.subject().isEmpty()) {
            globalLevel = set.level();
            return;
        }
        String subject = set.subject().get();
        set.level().ifPresentOrElse(level -> levels.put(subject, level), () -> levels.remove(subject));
    }

    /** All versions of a subject, also deleted ones, oldest first; empty if there is no such subject. */
    synchronized List<SchemaVersion> versions(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
    }

    /** All versions of all subjects, also deleted ones, by subject, oldest first. */
    synchronized List<SchemaVersion> all() {
        List<SchemaVersion> all = new ArrayList<>();
        subjects.values().forEach(versions -> all.addAll(versions.values()));
        return all;
    }

    /** The versions, also deleted ones, that meet the condition. */
    Stream<SchemaVersion> where(Predicate<SchemaVersion> condition) {
        return all().stream().filter(condition);
    }

    /** The level set for a subject itself. */
    synchronized Optional<CompatibilityLevel> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The level of subjects that have none of their own; Confluent's default is BACKWARD. */
    synchronized CompatibilityLevel globalLevel() {
        return globalLevel.orElse(CompatibilityLevel.BACKWARD);
    }

    synchronized int nextId() {
        return highestId + 1;
    }
}
