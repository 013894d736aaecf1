package dev.standing.audit.whatif;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Partitions;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.RecordCursor;
import dev.standing.audit.log.Slice;
import dev.standing.audit.log.ValueReader;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerCommand;
import dev.standing.domain.policy.Policy;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.mapping.CommandMapping;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decides the commands of a log again under another policy. */
public final class WhatIf {

    /** How many commands, and how many customers, of each partition are kept in memory. */
    private static final int MOST_IN_MEMORY = 10_000;

    private final Policy policy;
    private final int mostCustomers;
    private final int mostInMemory;

    /**
     * Under this policy.
     *
     * @param mostCustomers how many customers are listed at most; at least 1
     */
    public WhatIf(Policy policy, int mostCustomers) {
        this(policy, mostCustomers, MOST_IN_MEMORY);
    }

    /** With so many commands, and so many customers, of each partition in memory; at least 1. */
    WhatIf(Policy policy, int mostCustomers, int mostInMemory) {
        this.policy = policy;
        this.mostCustomers = mostCustomers;
        this.mostInMemory = mostInMemory;
    }

    /**
     * Reads a log and decides again.
     *
     * @param range of the commands; results and events are read from the first on
     * @param threads how many partitions are worked on at the same time; at least 1
     * @throws dev.standing.audit.log.LogUnavailableException if the log cannot be read
     */
    public WhatIfReport of(AuditLog log, Range range, int threads, Progress progress) {
        // In this order: whatever has a result in the slices has its events there, too.
        List<Slice> commands = log.slices(log.topics().commands(), range);
        List<Slice> results = log.slices(log.topics().results(), Range.ALL);
        List<Slice> events = log.slices(log.topics().events(), Range.ALL);
        long offsets = List.of(commands, results, events).stream()
                .flatMap(List::stream)
                .mapToLong(Slice::length)
                .sum();
        progress.begin("Deciding again", offsets);
        boolean toTheEnd = range.to().equals(Bound.OPEN);
        List<Findings> all = Partitions.map(
                commands,
                threads,
                slice -> partition(
                        log, progress, slice, results.get(slice.partition()), events.get(slice.partition()), toTheEnd));
        return report(all);
    }

    /**
     * The same of one partition that was read already.
     *
     * @param toTheEnd whether events after the last of the commands count, too
     */
    WhatIfReport of(
            List<LoggedCommand> commands, List<LoggedResult> results, List<LoggedEvent> events, boolean toTheEnd) {
        Findings findings = new Findings(mostCustomers);
        decide(findings, commands.iterator(), results.iterator(), events.iterator(), toTheEnd);
        return report(List.of(findings));
    }

    private WhatIfReport report(List<Findings> partitions) {
        Findings all = new Findings(mostCustomers);
        partitions.forEach(all::add);
        return all.report(policy.version());
    }

    private Findings partition(
            AuditLog log, Progress progress, Slice commands, Slice results, Slice events, boolean toTheEnd) {
        Findings findings = new Findings(mostCustomers);
        ValueReader<CustomerCommand> commandValues = log.reader(CustomerCommand.class);
        ValueReader<CommandResult> resultValues = log.reader(CommandResult.class);
        EventReader eventReader = new EventReader(log);
        try (RecordCursor commandRecords = log.records(commands, progress);
                RecordCursor resultRecords = log.records(results, progress);
                RecordCursor eventRecords = log.records(events, progress)) {
            decide(
                    findings,
                    new ReadableRecords<>(
                            commandRecords, record -> command(commandValues, record), findings::unreadable),
                    new ReadableRecords<>(resultRecords, record -> result(resultValues, record), findings::unreadable),
                    new ReadableRecords<>(eventRecords, eventReader::read, findings::unreadable),
                    toTheEnd);
        }
        return findings;
    }

    private void decide(
            Findings findings,
            Iterator<LoggedCommand> commands,
            Iterator<LoggedResult> results,
            Iterator<LoggedEvent> events,
            boolean toTheEnd) {
        try (CommandIndex index = new CommandIndex(commands, mostInMemory);
                Retrial retrial = new Retrial(policy, index, events, findings, mostInMemory)) {
            retrial.run(results, toTheEnd);
        }
    }

    private static LoggedCommand command(ValueReader<CustomerCommand> values, ConsumerRecord<byte[], byte[]> record) {
        return new LoggedCommand(
                place(record), Instant.ofEpochMilli(record.timestamp()), CommandMapping.toDomain(values.read(record)));
    }

    private static LoggedResult result(ValueReader<CommandResult> values, ConsumerRecord<byte[], byte[]> record) {
        CommandResult result = values.read(record);
        String commandId = HeaderText.read(record.headers(), HeaderNames.CORRELATION_ID)
                .or(() -> HeaderText.read(record.headers(), HeaderNames.CE_ID))
                .orElse(result.getCommandId());
        return new LoggedResult(place(record), commandId, result);
    }

    private static Place place(ConsumerRecord<byte[], byte[]> record) {
        return new Place(record.partition(), record.offset());
    }
}
