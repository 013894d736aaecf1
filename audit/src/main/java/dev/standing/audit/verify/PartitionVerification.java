package dev.standing.audit.verify;

import dev.standing.audit.checkpoint.PartitionSummary;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.RecordCursor;
import dev.standing.audit.log.Slice;
import dev.standing.audit.log.ValueReader;
import dev.standing.audit.verify.Verification.PartitionResult;
import dev.standing.avro.Customer;
import dev.standing.serde.UndecodableRecordException;
import dev.standing.topics.TopicDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Verifies one partition, and the same one of the topic of customers. For one thread.
 *
 * <p>The log may go on meanwhile, so the order of the readings counts. The customers come first and the end of the events is
 * taken afterwards: all that a record knows of is before that end. Only a transaction of which one partition has the end
 * and the other has it not yet can make it seem otherwise, and that is waited for. The records that were written meanwhile
 * come last: they know of all that was read.
 */
final class PartitionVerification {

    private static final long PAUSE_MILLIS = 100;

    private final AuditLog log;
    private final VerificationOptions options;
    private final Names names;
    private final Progress progress;
    private final int partition;
    private final EventReader events;
    private final ValueReader<Customer> customers;
    private final Findings findings;

    PartitionVerification(AuditLog log, VerificationOptions options, Names names, Progress progress, int partition) {
        this.log = log;
        this.options = options;
        this.names = names;
        this.progress = progress;
        this.partition = partition;
        this.events = new EventReader(log);
        this.customers = log.reader(Customer.class);
        this.findings = new Findings(options.mostFindings());
    }

    PartitionResult run() {
        Slice records = log.slice(log.topics().customers(), Range.ALL, partition);
        // What was deleted is known before anything is folded.
        boolean beginsMidway = slice().begin() > 0;
        try (PartitionFold fold = new PartitionFold(names, beginsMidway, findings, options.mostOfOnePartition())) {
            readCustomers(records, record -> recordBefore(fold, record), fold);
            Slice slice = slice();
            if (slice.first() > 0 && options.range().from() instanceof Bound.Open) {
                findings.add(ofPartition(
                        FindingKind.PARTITION_CUT,
                        0,
                        "The first record is at offset " + slice.first()
                                + ". Customers that have events before it are not folded."));
            }
            readEvents(slice, fold);
            PartitionSummary summary = fold.summary(slice);
            Slice read = readMoreEvents(slice, fold);
            readMoreCustomers(records, fold);
            examine(read, fold);
            AnswerCounts answers = options.answers()
                    .map(whom -> new AnswerCheck(whom, names, partition, findings).check(fold, sample()))
                    .orElse(AnswerCounts.NONE);
            return new PartitionResult(report(read, fold), summary, answers, findings);
        }
    }

    private Slice slice() {
        return log.slice(log.topics().events(), options.range(), partition);
    }

    private boolean endsEarly() {
        return !(options.range().to() instanceof Bound.Open);
    }

    /** This partition's share: together they are as many as were asked for. */
    private OptionalLong sample() {
        if (options.sample().isEmpty()) {
            return OptionalLong.empty();
        }
        long all = options.sample().getAsLong();
        return OptionalLong.of(all * (partition + 1) / names.partitions() - all * partition / names.partitions());
    }

    private static PartitionReport report(Slice slice, PartitionFold fold) {
        return new PartitionReport(
                slice.partition(),
                slice.first(),
                slice.begin(),
                slice.end(),
                fold.events(),
                fold.customers(),
                fold.subordinates(),
                fold.midway(),
                fold.compared());
    }

    private void readCustomers(Slice slice, Consumer<ConsumerRecord<byte[], byte[]>> reader, PartitionFold fold) {
        read(slice, record -> {
            if (record.value() == null) {
                fold.recordUnreadable(place(record), record.key(), Optional.empty());
                return;
            }
            try {
                reader.accept(record);
            } catch (UndecodableRecordException e) {
                fold.recordUnreadable(place(record), record.key(), Optional.of(e.getMessage()));
            }
        });
    }

    private void recordBefore(PartitionFold fold, ConsumerRecord<byte[], byte[]> record) {
        fold.recordBefore(place(record), record.key(), customers.read(record));
    }

    private void recordAfter(PartitionFold fold, ConsumerRecord<byte[], byte[]> record) {
        fold.recordAfter(place(record), record.key(), customers.read(record));
    }

    private void readEvents(Slice slice, PartitionFold fold) {
        Optional<PartitionSummary> signed = options.against()
                .flatMap(against -> against.summary().partitions().stream()
                        .filter(summary -> summary.partition() == partition)
                        .findFirst());
        if (signed.isEmpty()) {
            read(slice, record -> event(fold, record));
            return;
        }
        PartitionSummary then = signed.get();
        long end = Math.min(slice.end(), Math.max(slice.begin(), then.end()));
        Slice same = slice.until(end);
        read(same, record -> event(fold, record));
        hold(then, fold.summary(same));
        read(same.behind(slice.end()), record -> event(fold, record));
    }

    /** Finds what is not as it was signed. */
    private void hold(PartitionSummary then, PartitionSummary now) {
        StringBuilder differences = new StringBuilder();
        differ(differences, "first offset", then.first(), now.first());
        differ(differences, "end", then.end(), now.end());
        differ(differences, "number of events", then.events(), now.events());
        differ(differences, "number of customers", then.customers(), now.customers());
        differ(differences, "latest time of an event", text(then), text(now));
        differ(differences, "root of all chains", then.root(), now.root());
        if (differences.length() > 0) {
            findings.add(ofPartition(
                    FindingKind.CHECKPOINT_DIFFERS,
                    then.first(),
                    "From offset " + then.first() + " up to " + then.end() + ":" + differences));
        }
    }

    private static String text(PartitionSummary summary) {
        return summary.latestRecordedAt().map(Object::toString).orElse("none");
    }

    private static void differ(StringBuilder differences, String what, Object then, Object now) {
        if (!then.equals(now)) {
            differences.append(" the ").append(what).append(" was ").append(then);
            differences.append(" and is ").append(now).append('.');
        }
    }

    private void event(PartitionFold fold, ConsumerRecord<byte[], byte[]> record) {
        LoggedEvent logged;
        try {
            logged = events.read(record);
        } catch (UndecodableRecordException e) {
            fold.unreadable(place(record), record.key(), e.getMessage());
            return;
        }
        fold.event(logged, record.key());
    }

    /** Waits for events that records know of already. */
    private Slice readMoreEvents(Slice slice, PartitionFold fold) {
        TopicDefinition topic = log.topics().events();
        Slice[] read = {slice};
        if (!endsEarly()) {
            await(topic, () -> fold.ahead() > 0, () -> {
                Slice more = read[0].behind(Math.max(read[0].end(), slice().end()));
                read(more, record -> event(fold, record));
                read[0] = read[0].until(more.end());
            });
        }
        return read[0];
    }

    /** Reads the records that were written meanwhile, and waits for those of events that were read already. */
    private void readMoreCustomers(Slice before, PartitionFold fold) {
        TopicDefinition topic = log.topics().customers();
        Slice[] read = {before};
        await(topic, () -> fold.behind() > 0, () -> {
            long end = log.slice(topic, Range.ALL, partition).end();
            Slice more = read[0].behind(Math.max(read[0].end(), end));
            readCustomers(more, record -> recordAfter(fold, record), fold);
            read[0] = read[0].until(more.end());
        });
    }

    /** Reads on for as long as something is missing that may still come to light. */
    private void await(TopicDefinition topic, BooleanSupplier isMissing, Runnable readOn) {
        long begin = System.nanoTime();
        while (isMissing.getAsBoolean()) {
            boolean mayComeToLight = log.hasOpenTransaction(topic, partition)
                    && System.nanoTime() - begin < options.patience().toNanos();
            readOn.run();
            if (!mayComeToLight) {
                return;
            }
            if (isMissing.getAsBoolean()) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Reads again all that there is of the customers with whom something is wrong, and finds out what. */
    private void examine(Slice slice, PartitionFold fold) {
        if (fold.suspects() + fold.behind() + fold.ahead() == 0) {
            return;
        }
        try (Evidence evidence = new Evidence(options.mostOfOnePartition())) {
            read(slice, record -> collect(fold, evidence, record));
            evidence.forEach((customerId, exhibits) -> fold.find(customerId)
                    .ifPresent(track -> examine(Case.of(customerId, exhibits, track, endsEarly()))));
        }
        // Those of whom there is nothing but a record.
        fold.forEach((customerId, track) -> {
            if (!track.seen() && !track.suspect() && fold.isOpen(track, endsEarly())) {
                examine(Case.of(customerId, List.of(), track, endsEarly()));
            }
        });
    }

    private void examine(Case subject) {
        Examination.of(subject, names).forEach(findings::add);
    }

    private void collect(PartitionFold fold, Evidence evidence, ConsumerRecord<byte[], byte[]> record) {
        Optional<LoggedEvent> event;
        try {
            event = Optional.of(events.read(record));
        } catch (UndecodableRecordException e) {
            event = Optional.empty();
        }
        byte[] id = event.map(logged -> logged.event().getCustomerId().getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        boolean isUnderItsKey = id != null && Arrays.equals(id, record.key());
        if (id != null && HomePartition.of(id, names.partitions()) == partition) {
            collect(fold, evidence, PartitionFold.text(id), new Exhibit(place(record), event, !isUnderItsKey));
        }
        if (!isUnderItsKey && record.key() != null) {
            Exhibit instead = new Exhibit(place(record), Optional.empty(), true);
            collect(fold, evidence, PartitionFold.text(record.key()), instead);
        }
    }

    private void collect(PartitionFold fold, Evidence evidence, String customerId, Exhibit exhibit) {
        boolean isOpen = fold.find(customerId)
                .filter(track -> fold.isOpen(track, endsEarly()))
                .isPresent();
        if (isOpen) {
            evidence.add(customerId, exhibit);
        }
    }

    private void read(Slice slice, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        if (slice.length() == 0) {
            return;
        }
        try (RecordCursor cursor = log.records(slice, progress)) {
            while (cursor.hasNext()) {
                reader.accept(cursor.next());
            }
        }
    }

    private static Place place(ConsumerRecord<byte[], byte[]> record) {
        return new Place(record.partition(), record.offset());
    }

    private Finding ofPartition(FindingKind kind, long offset, String detail) {
        return new Finding(
                kind,
                Optional.empty(),
                OptionalLong.empty(),
                names.event(new Place(partition, offset)),
                Optional.empty(),
                detail);
    }
}
