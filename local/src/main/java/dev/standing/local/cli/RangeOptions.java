package dev.standing.local.cli;

import dev.standing.audit.log.Bound;
import dev.standing.audit.log.Range;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** Which part of the log is read, for the audits that can be of a part. */
final class RangeOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            converter = BoundConverter.class,
            description = "Where to begin: an offset (1000), offsets by partition (0:1000,3:250), or a time"
                    + " (2026-01-31T00:00:00Z) (default: the first record).")
    private @Nullable Bound from;

    @Option(
            names = "--until",
            paramLabel = "PLACE",
            converter = BoundConverter.class,
            description = "Where to end, exclusive, in the same way (default: the last record that is committed now).")
    private @Nullable Bound until;

    /** Which part of a topic is read. */
    Range range() {
        return AuditOptions.parsed(
                spec, "--until", () -> new Range(from == null ? Bound.OPEN : from, until == null ? Bound.OPEN : until));
    }

    /** Reads {@link Bound}s. */
    static final class BoundConverter implements ITypeConverter<Bound> {

        @Override
        public Bound convert(String text) {
            try {
                return Bound.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
