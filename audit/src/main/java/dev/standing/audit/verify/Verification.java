package dev.standing.audit.verify;

import dev.standing.audit.checkpoint.LogSummary;
import dev.standing.audit.checkpoint.PartitionSummary;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Partitions;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Verifies the log of a deployment, which may go on meanwhile: what is written after its partition was begun is no part of
 * it, and no finding.
 */
public final class Verification {

    private final AuditLog log;
    private final VerificationOptions options;
    private final Progress progress;

    /** For a log that stays the caller's to close. */
    public Verification(AuditLog log, VerificationOptions options, Progress progress) {
        this.log = log;
        this.options = options;
        this.progress = progress;
    }

    /** What was found in one partition. */
    record PartitionResult(PartitionReport report, PartitionSummary summary, AnswerCounts answers, Findings findings) {}

    /**
     * Reads the log, and customers with whom something is wrong a second time.
     *
     * @throws dev.standing.audit.log.LogUnavailableException if Kafka does not answer, or has no such topics
     */
    public Verified run() {
        List<Slice> events = log.slices(log.topics().events(), options.range());
        List<Slice> customers = log.slices(log.topics().customers(), Range.ALL);
        Names names =
                new Names(log.topics().events().name(), log.topics().customers().name(), events.size());
        progress.begin("Verifying", length(events) + length(customers));
        List<PartitionResult> results = Partitions.map(
                events,
                options.threads(),
                slice -> new PartitionVerification(log, options, names, progress, slice.partition()).run());
        Findings findings = new Findings(options.mostFindings());
        results.forEach(result -> findings.addAll(result.findings()));
        options.against().ifPresent(against -> hold(against, names, findings));
        AnswerCounts answers =
                results.stream().map(PartitionResult::answers).reduce(AnswerCounts.NONE, AnswerCounts::plus);
        VerificationReport report = new VerificationReport(
                names.events(),
                results.stream().map(PartitionResult::report).toList(),
                options.against().map(against -> against.summary().events()),
                options.answers().map(unused -> answers),
                findings.first(),
                findings.totals());
        List<PartitionSummary> summaries = new ArrayList<>();
        results.forEach(result -> summaries.add(result.summary()));
        return new Verified(report, new LogSummary(names.events(), summaries));
    }

    private static long length(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::length).sum();
    }

    /** What concerns the checkpoint as a whole; the partitions are looked at where they are read. */
    private static void hold(Against against, Names names, Findings findings) {
        LogSummary summary = against.summary();
        if (!against.isSigned()) {
            findings.add(ofCheckpoint(FindingKind.CHECKPOINT_UNSIGNED, names, ""));
        }
        if (!summary.topic().equals(names.events())) {
            findings.add(ofCheckpoint(
                    FindingKind.CHECKPOINT_DIFFERS, names, "The checkpoint is of " + summary.topic() + "."));
        }
        if (summary.partitions().size() != names.partitions()) {
            findings.add(ofCheckpoint(
                    FindingKind.CHECKPOINT_DIFFERS,
                    names,
                    "The checkpoint is of " + summary.partitions().size() + " partitions, but there are "
                            + names.partitions() + "."));
        }
    }

    private static Finding ofCheckpoint(FindingKind kind, Names names, String detail) {
        return new Finding(
                kind, Optional.empty(), OptionalLong.empty(), names.event(new Place(0, 0)), Optional.empty(), detail);
    }
}
