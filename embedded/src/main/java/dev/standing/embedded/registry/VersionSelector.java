package dev.standing.embedded.registry;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which version of a subject a request means.
 *
 * @param number the version, from 1; empty for the latest
 */
record VersionSelector(OptionalInt number) {

    /**
     * As it stands in a path: a number from 1, {@code latest} or its old name {@code -1}.
     *
     * @throws RegistryRefusal 42202 if it is anything else
     */
    static VersionSelector parse(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return new VersionSelector(OptionalInt.empty());
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return new VersionSelector(OptionalInt.of(number));
            }
        } catch (NumberFormatException e) {
            throw RegistryRefusal.invalidVersion(text);
        }
        throw RegistryRefusal.invalidVersion(text);
    }

    boolean isLatest() {
        return number.isEmpty();
    }

    /** The version meant, among versions in ascending order. */
    Optional<SchemaVersion> in(List<SchemaVersion> versions) {
        return isLatest()
                ? versions.stream().reduce((older, newer) -> newer)
                : versions.stream()
                        .filter(version -> version.version() == number.getAsInt())
                        .findFirst();
    }

    @Override
    public String toString() {
        return isLatest() ? "latest" : Integer.toString(number.getAsInt());
    }
}
