package dev.standing.embedded.registry;

import dev.standing.embedded.registry.CompatibilityCheck.Earlier;
import dev.standing.embedded.registry.RegistryRecord.LevelSet;
import dev.standing.embedded.registry.RegistryRecord.SubjectDeleted;
import dev.standing.embedded.registry.RegistryRecord.VersionErased;
import dev.standing.embedded.registry.RegistryRecord.VersionWritten;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * What the registry answers, and which facts a request adds. Follows Confluent's Schema Registry; whatever is turned
 * down is a {@link RegistryRefusal}.
 *
 * <p>May be used by any number of threads; writes are decided one after the other, each on the outcome of the one
 * before. There must be no second registry on the same topic: both would give out the same ids.
 */
public final class SchemaRegistry {

    private final RegistryState state;
    private final RegistryJournal journal;
    private final AvroSchemas schemas = new AvroSchemas(this::referenced);

    /**
     * A registry.
     *
     * @param state what is known so far
     * @param journal applies to the state what it is given, before it returns
     */
    SchemaRegistry(RegistryState state, RegistryJournal journal) {
        this.state = state;
        this.journal = journal;
    }

    /** The names of all subjects that start so, in order. */
    List<String> subjects(String prefix, boolean withDeleted) {
        return state.where(visible(withDeleted))
                .map(SchemaVersion::subject)
                .filter(subject -> subject.startsWith(prefix))
                .distinct()
                .toList();
    }

    /** A subject's versions, oldest first, at least one. */
    List<SchemaVersion> versions(String subject, boolean withDeleted) {
        List<SchemaVersion> versions =
                state.versions(subject).stream().filter(visible(withDeleted)).toList();
        if (versions.isEmpty()) {
            throw RegistryRefusal.subjectNotFound(subject);
        }
        return versions;
    }

    /** One version of a subject. */
    SchemaVersion version(String subject, VersionSelector selector, boolean withDeleted) {
        List<SchemaVersion> versions = versions(subject, withDeleted);
        return selector.in(versions).orElseThrow(() -> RegistryRefusal.versionNotFound(selector.toString()));
    }

    /** The content with an id; also if all its versions are deleted, because there may be data of it. */
    SchemaContent byId(int id) {
        return content(version -> version.id() == id, Integer.toString(id));
    }

    /** The content with a guid. */
    SchemaContent byGuid(String guid) {
        return content(version -> version.content().guid().equals(guid), guid);
    }

    private SchemaContent content(Predicate<SchemaVersion> condition, String name) {
        return state.where(condition)
                .map(SchemaVersion::content)
                .findFirst()
                .orElseThrow(() -> RegistryRefusal.schemaNotFound(name));
    }

    /** Where an id is in use. */
    List<SchemaVersion> usesOf(int id, boolean withDeleted) {
        byId(id);
        return state.where(version -> version.id() == id)
                .filter(visible(withDeleted))
                .toList();
    }

    /** The ids of the schemas that refer to a version. */
    List<Integer> referrers(String subject, VersionSelector selector) {
        return referrers(version(subject, selector, true)).stream()
                .map(SchemaVersion::id)
                .distinct()
                .toList();
    }

    private List<SchemaVersion> referrers(SchemaVersion target) {
        return state.where(visible(false))
                .filter(version -> version.content().references().stream()
                        .anyMatch(reference -> reference.subject().equals(target.subject())
                                && reference.version() == target.version()))
                .toList();
    }

    /** Where in the subject a schema is registered. */
    SchemaVersion lookUp(String subject, SchemaRequest request, boolean withDeleted) {
        List<SchemaVersion> versions = versions(subject, withDeleted);
        SchemaContent content = schemas.canonical(request);
        return withContent(versions, content).orElseThrow(RegistryRefusal::schemaNotFound);
    }

    /** Adds a version to a subject, unless the schema is one already. */
    synchronized SchemaVersion register(String subject, SchemaRequest request) {
        SchemaContent content = schemas.canonical(request);
        List<SchemaVersion> all = state.versions(subject);
        List<SchemaVersion> live = all.stream().filter(visible(false)).toList();
        Optional<SchemaVersion> known = withContent(live, content);
        if (known.isPresent()) {
            return known.get();
        }
        CompatibilityLevel level = effectiveLevel(subject);
        List<String> violations = violations(level, content, live);
        if (!violations.isEmpty()) {
            throw RegistryRefusal.incompatible(subject, violations.toString());
        }
        int number = all.isEmpty() ? 1 : all.get(all.size() - 1).version() + 1;
        SchemaVersion version = new SchemaVersion(subject, number, idOf(content), content, false);
        journal.append(new VersionWritten(version));
        return version;
    }

    private int idOf(SchemaContent content) {
        return state.where(version -> version.content().equals(content))
                .map(SchemaVersion::id)
                .findFirst()
                .orElseGet(state::nextId);
    }

    /** What makes a schema incompatible with a subject, by the subject's level; empty if nothing does. */
    List<String> check(String subject, SchemaRequest request) {
        List<SchemaVersion> live =
                state.versions(subject).stream().filter(visible(false)).toList();
        return violations(effectiveLevel(subject), schemas.canonical(request), live);
    }

    /** What makes a schema incompatible with one version; the latest of a subject that has none allows everything. */
    List<String> check(String subject, VersionSelector selector, SchemaRequest request) {
        SchemaContent content = schemas.canonical(request);
        if (selector.isLatest() && state.versions(subject).stream().noneMatch(visible(false))) {
            return List.of();
        }
        return violations(effectiveLevel(subject), content, List.of(version(subject, selector, false)));
    }

    private List<String> violations(CompatibilityLevel level, SchemaContent content, List<SchemaVersion> live) {
        List<SchemaVersion> compared = level.transitive() || live.isEmpty() ? live : List.of(live.get(live.size() - 1));
        Schema candidate = schemas.parse(content);
        List<Earlier> earlier = new ArrayList<>();
        for (SchemaVersion version : compared) {
            earlier.add(new Earlier(version.version(), schemas.parse(version.content())));
        }
        return new CompatibilityCheck(level).violations(candidate, earlier);
    }

    /** Deletes all versions of a subject, and its level; for good only what was deleted before. */
    synchronized List<Integer> deleteSubject(String subject, boolean permanent) {
        List<SchemaVersion> all = versions(subject, true);
        List<SchemaVersion> live = all.stream().filter(visible(false)).toList();
        if (permanent && !live.isEmpty()) {
            throw RegistryRefusal.subjectNotYetDeleted(subject);
        }
        if (!permanent && live.isEmpty()) {
            throw RegistryRefusal.subjectAlreadyDeleted(subject);
        }
        List<SchemaVersion> concerned = permanent ? all : live;
        concerned.forEach(this::requireUnreferenced);
        if (permanent) {
            all.forEach(version -> journal.append(new VersionErased(subject, version.version())));
        } else {
            journal.append(new SubjectDeleted(subject, live.get(live.size() - 1).version()));
            if (state.level(subject).isPresent()) {
                journal.append(new LevelSet(Optional.of(subject), Optional.empty()));
            }
        }
        return concerned.stream().map(SchemaVersion::version).toList();
    }

    /** Deletes one version; for good only if it was deleted before. */
    synchronized int deleteVersion(String subject, VersionSelector selector, boolean permanent) {
        SchemaVersion version = version(subject, selector, !selector.isLatest());
        if (permanent && !version.deleted()) {
            throw RegistryRefusal.versionNotYetDeleted(subject, version.version());
        }
        if (!permanent && version.deleted()) {
            throw RegistryRefusal.versionAlreadyDeleted(subject, version.version());
        }
        requireUnreferenced(version);
        journal.append(
                permanent ? new VersionErased(subject, version.version()) : new VersionWritten(version.asDeleted()));
        return version.version();
    }

    private void requireUnreferenced(SchemaVersion version) {
        if (!referrers(version).isEmpty()) {
            throw RegistryRefusal.stillReferenced(version);
        }
    }

    /** The level of subjects without one of their own. */
    CompatibilityLevel globalLevel() {
        return state.globalLevel();
    }

    /** The level of a subject. */
    CompatibilityLevel level(String subject, boolean defaultToGlobal) {
        return defaultToGlobal
                ? effectiveLevel(subject)
                : state.level(subject).orElseThrow(() -> RegistryRefusal.levelNotConfigured(subject));
    }

    private CompatibilityLevel effectiveLevel(String subject) {
        return state.level(subject).orElseGet(state::globalLevel);
    }

    /** Sets the level of a subject, or of all that have none of their own. */
    synchronized void setLevel(Optional<String> subject, CompatibilityLevel level) {
        journal.append(new LevelSet(subject, Optional.of(level)));
    }

    /** Takes a level back and returns it. */
    synchronized CompatibilityLevel resetLevel(Optional<String> subject) {
        CompatibilityLevel level = subject.isEmpty()
                ? state.globalLevel()
                : state.level(subject.get()).orElseThrow(() -> RegistryRefusal.subjectNotFound(subject.get()));
        journal.append(new LevelSet(subject, Optional.empty()));
        return level;
    }

    private SchemaContent referenced(SchemaReference reference) {
        return state.versions(reference.subject()).stream()
                .filter(version -> version.version() == reference.version())
                .map(SchemaVersion::content)
                .findFirst()
                .orElseThrow(() ->
                        RegistryRefusal.invalidSchema("no schema reference found for subject \"%s\" and version %d"
                                .formatted(reference.subject(), reference.version())));
    }

    private static Optional<SchemaVersion> withContent(List<SchemaVersion> versions, SchemaContent content) {
        return versions.stream()
                .filter(version -> version.content().equals(content))
                .reduce((older, newer) -> newer);
    }

    private static Predicate<SchemaVersion> visible(boolean withDeleted) {
        return version -> withDeleted || !version.deleted();
    }
}
