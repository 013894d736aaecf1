package dev.standing.processor.history;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.command.RequestKey.ByRequestId;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the read model has of one partition. Everything throws
 * {@link org.apache.kafka.streams.errors.InvalidStateStoreException} if the partition has left this process.
 */
public interface RecordedHistory {

    /** The customer as its last event made it. */
    Optional<Customer> latest(String customerId);

    /**
     * Reads the events of a customer in their order, one by one.
     *
     * @param after only events with a higher sequence
     * @param reading may use the iterator until it returns
     */
    <T> T events(String customerId, long after, Function<Iterator<RecordedEvent>, T> reading);

    /**
     * What the customers of the partition plan, the soonest first.
     *
     * @throws UnavailableException if that is not listed completely yet
     */
    List<AgendaEntry> planned(AgendaExcerpt excerpt);

    /**
     * The subordinates of a customer, parents before children: by depth, then by type, then by id.
     *
     * @param after only those behind this place; empty: from the first on
     * @param limit how many at most
     */
    List<PlacedSubordinate> subordinates(String customerId, Optional<SubordinatePosition> after, int limit);

    /** The decided claim to an externalId. */
    Optional<ExternalIdClaim> owner(String externalId);

    /**
     * The result of a request as it was decided, as long as the request is remembered; also that of one that was not to be
     * remembered, until it is decided again.
     */
    Optional<CommandResult> result(ByRequestId request, Instant now);
}
