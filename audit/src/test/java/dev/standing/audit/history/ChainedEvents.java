package dev.standing.audit.history;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Sha256;
import dev.standing.domain.event.Event;
import dev.standing.mapping.EventChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One partition of the events topic, as a processor would write it. */
final class ChainedEvents {

    /** Between two records lies the end of a transaction. */
    private static final int OFFSETS_OF_A_RECORD = 2;

    private final int partition;
    private final EventChain chain = new EventChain();
    private final List<KeyedRecord> records = new ArrayList<>();

    ChainedEvents(int partition) {
        this.partition = partition;
    }

    /** The events of one customer, one behind the other. */
    static List<KeyedRecord> of(List<Event> events) {
        ChainedEvents log = new ChainedEvents(0);
        log.chain.extend(Optional.empty(), events).forEach(link -> log.add(link.event(), link.hash()));
        return log.records;
    }

    /** The events of several customers: those of each in their order, the customers mixed at random. */
    static List<KeyedRecord> mixed(int partition, Map<String, List<Event>> customers, Random random) {
        ChainedEvents log = new ChainedEvents(partition);
        List<List<EventChain.Link>> left = new ArrayList<>();
        customers.values().stream()
                .filter(events -> !events.isEmpty())
                .forEach(events -> left.add(new ArrayList<>(log.chain.extend(Optional.empty(), events))));
        while (!left.isEmpty()) {
            List<EventChain.Link> next = left.get(random.nextInt(left.size()));
            EventChain.Link link = next.remove(0);
            log.add(link.event(), link.hash());
            left.removeIf(List::isEmpty);
        }
        return log.records;
    }

    private void add(CustomerEvent event, Sha256 hash) {
        Place place = new Place(partition, (long) records.size() * OFFSETS_OF_A_RECORD);
        records.add(KeyedRecord.of(new LoggedEvent(place, event, hash)));
    }
}
