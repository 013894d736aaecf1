package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What came of verifying a log.
 *
 * @param topic its whole name
 * @param partitions what was read, by partition
 * @param checkpoint how many events were signed in the checkpoint that the log was held against; empty: there was none
 * @param answers what came of asking the running system; empty: it was not asked
 * @param findings the first so many, by place and then by kind
 * @param totals how many findings there are of each kind, in the order of the kinds; kinds without any are left out
 */
public record VerificationReport(
        String topic,
        List<PartitionReport> partitions,
        Optional<Long> checkpoint,
        Optional<AnswerCounts> answers,
        List<Finding> findings,
        Map<FindingKind, Long> totals) {

    private static final int FINDINGS_FOR_PEOPLE = 20;

    /** Keeps copies of the lists. */
    public VerificationReport {
        partitions = List.copyOf(partitions);
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong, and all that was to be asked was answered. */
    public boolean holds() {
        return totals.isEmpty() && answers.map(AnswerCounts::unasked).orElse(0L) == 0;
    }

    /** Whether the log is the one that the checkpoint was made of; empty: it was held against none. */
    public Optional<Boolean> isOfCheckpoint() {
        return checkpoint.map(unused -> !totals.containsKey(FindingKind.CHECKPOINT_DIFFERS)
                && !totals.containsKey(FindingKind.CHECKPOINT_UNSIGNED));
    }

    /** How many records of the log were read. */
    public long events() {
        return sum(PartitionReport::events);
    }

    /** Of how many customers. */
    public long customers() {
        return sum(PartitionReport::customers);
    }

    /** How many subordinates they have. */
    public long subordinates() {
        return sum(PartitionReport::subordinates);
    }

    /** How many customers had events before the reading began. */
    public long midway() {
        return sum(PartitionReport::midway);
    }

    /** How many customers were held against their records. */
    public long compared() {
        return sum(PartitionReport::compared);
    }

    /** How many findings there are in all. */
    public long total() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }

    private long sum(ToLongFunction<PartitionReport> count) {
        return partitions.stream().mapToLong(count).sum();
    }

    /** In JSON, with its members always in the same order. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("holds", holds());
        json.put("topic", topic);
        json.put("events", events());
        json.put("customers", customers());
        json.put("subordinates", subordinates());
        json.put("enteredMidway", midway());
        json.put("compared", compared());
        json.put("ofCheckpoint", isOfCheckpoint().orElse(null));
        json.set("answers", answers.map(AnswerCounts::toJson).orElse(null));
        ObjectNode kinds = json.putObject("totals");
        totals.forEach((kind, total) -> kinds.put(kind.name(), total));
        ArrayNode found = json.putArray("findings");
        findings.forEach(finding -> found.add(finding.toJson()));
        ArrayNode read = json.putArray("partitions");
        partitions.forEach(partition -> read.add(partition.toJson()));
        return json;
    }

    /** For people: what was read, and the first findings. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(topic + ": " + events() + " events of " + customers() + " customers with " + subordinates()
                + " subordinates in " + partitions.size() + " partitions; " + compared()
                + " customers are compared with their records"
                + (midway() == 0 ? "" : ", " + midway() + " entered midway: only their chains are checked") + ".");
        if (isOfCheckpoint().orElse(false)) {
            lines.add("It is the log that the checkpoint was made of: its " + checkpoint.orElseThrow()
                    + " events are as they were.");
        }
        answers.ifPresent(counts -> lines.add("The gateway was asked about " + counts.asked() + " customers"
                + (counts.later() == 0 ? "" : ", " + counts.later() + " of which have changed in the same millisecond")
                + (counts.unasked() == 0 ? "" : "; " + counts.unasked() + " could not be asked about")
                + (counts.unfolded() == 0
                        ? ""
                        : "; " + counts.unfolded()
                                + " were not asked about, since their events do not tell what they should be")
                + "."));
        if (totals.isEmpty()) {
            lines.add("Nothing is wrong.");
            return lines;
        }
        lines.add(total() == 1 ? "1 finding:" : total() + " findings:");
        totals.forEach((kind, total) -> lines.add("  " + total + " " + kind));
        findings.stream().limit(FINDINGS_FOR_PEOPLE).forEach(finding -> lines.add(finding.text()));
        if (total() > FINDINGS_FOR_PEOPLE) {
            lines.add("... and " + (total() - FINDINGS_FOR_PEOPLE) + " more; --json gives them.");
        }
        return lines;
    }
}
