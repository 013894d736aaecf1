package dev.standing.audit.verify;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.testing.PaperLog;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.mapping.EventChain;
import dev.standing.serde.AvroPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** One partition of a log on paper, which can be tampered with and verified, without any Kafka. */
final class PaperPartition {

    private static final AvroPayload<CustomerEvent> PAYLOADS = new AvroPayload<>(CustomerEvent.class);

    private static final Map<Long, PaperLog.Partition> LOGS = new ConcurrentHashMap<>();

    private final Names names = new Names("events", "customers", 1);
    private final List<LoggedEvent> events;
    private final Map<String, PaperLog.Placed<Customer>> records = new LinkedHashMap<>();

    private PaperPartition(PaperLog.Partition partition) {
        this.events = new ArrayList<>(partition.events());
        partition.customers().forEach(placed -> records.put(placed.value().getCustomerId(), placed));
    }

    /** All of a random history lies in a single partition. */
    static PaperPartition of(long seed) {
        return new PaperPartition(LOGS.computeIfAbsent(seed, unused -> {
            PaperLog.Plan plan = new PaperLog.Plan(seed, 5, 120, 1, PaperLog.policy(), seed % 2 == 0);
            return PaperLog.of(plan).partitions().get(0);
        }));
    }

    int size() {
        return events.size();
    }

    CustomerEvent event(int index) {
        return events.get(index).event();
    }

    long offset(int index) {
        return events.get(index).place().offset();
    }

    Sha256 hash(int index) {
        return events.get(index).hash();
    }

    /** Where the next or the previous event of the same customer lies; -1: nowhere. */
    int neighbour(int index, int step) {
        String customerId = event(index).getCustomerId();
        for (int i = index + step; i >= 0 && i < events.size(); i += step) {
            if (event(i).getCustomerId().equals(customerId)) {
                return i;
            }
        }
        return -1;
    }

    /** The index of a random event that is as it is wanted; -1: there is none. */
    int any(Random random, Predicate<Integer> wanted) {
        int start = random.nextInt(events.size());
        for (int i = 0; i < events.size(); i++) {
            int index = (start + i) % events.size();
            if (wanted.test(index)) {
                return index;
            }
        }
        return -1;
    }

    long recordOffset(String customerId) {
        return records.get(customerId).place().offset();
    }

    Customer record(String customerId) {
        return records.get(customerId).value();
    }

    void replaceRecord(Customer record) {
        records.put(
                record.getCustomerId(),
                new PaperLog.Placed<>(records.get(record.getCustomerId()).place(), record));
    }

    void dropRecord(String customerId) {
        records.remove(customerId);
    }

    void replace(int index, CustomerEvent event) {
        events.set(index, logged(event));
        number();
    }

    /** Puts another event in the place of one, with all hashes that follow from it, so that only sense can tell. */
    void rewrite(int index, CustomerEvent event) {
        LoggedEvent last = logged(event);
        events.set(index, last);
        for (int next = neighbour(index, 1); next >= 0; next = neighbour(next, 1)) {
            last = logged(CustomerEvent.newBuilder(event(next))
                    .setPreviousHash(last.hash())
                    .build());
            events.set(next, last);
        }
        replaceRecord(Customer.newBuilder(record(event.getCustomerId()))
                .setLastEventHash(last.hash())
                .build());
        number();
    }

    void insert(int index, CustomerEvent event) {
        events.add(index, logged(event));
        number();
    }

    void drop(int index) {
        events.remove(index);
        number();
    }

    void swap(int one, int other) {
        LoggedEvent first = events.get(one);
        events.set(one, events.get(other));
        events.set(other, first);
        number();
    }

    private static LoggedEvent logged(CustomerEvent event) {
        return new LoggedEvent(new Place(0, 0), event, EventChain.hash(PAYLOADS.encode(event)));
    }

    private void number() {
        for (int i = 0; i < events.size(); i++) {
            LoggedEvent logged = events.get(i);
            events.set(i, new LoggedEvent(new Place(0, 2L * i), logged.event(), logged.hash()));
        }
    }

    List<Finding> verify(int mostInMemory) {
        Findings findings = new Findings(1_000);
        try (PartitionFold fold = new PartitionFold(names, false, findings, mostInMemory)) {
            records.values()
                    .forEach(record -> fold.recordBefore(
                            record.place(), bytes(record.value().getCustomerId()), record.value()));
            events.forEach(event -> fold.event(event, bytes(event.event().getCustomerId())));
            Set<String> customers = new LinkedHashSet<>(records.keySet());
            events.forEach(event -> customers.add(event.event().getCustomerId()));
            for (String customerId : customers) {
                Track track = fold.find(customerId).orElseThrow();
                if (fold.isOpen(track, false)) {
                    List<Exhibit> exhibits = events.stream()
                            .filter(event -> event.event().getCustomerId().equals(customerId))
                            .map(event -> new Exhibit(event.place(), Optional.of(event), false))
                            .toList();
                    Examination.of(Case.of(customerId, exhibits, track, false), names)
                            .forEach(findings::add);
                }
            }
        }
        return findings.first();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
