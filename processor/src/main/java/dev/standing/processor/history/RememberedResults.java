package dev.standing.processor.history;

import dev.standing.avro.CommandResult;
import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.processor.store.RequestWindows;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** Reads the results of requests from their store. */
final class RememberedResults {

    private final ReadOnlyWindowStore<Bytes, CommandResult> store;
    private final RequestWindows windows;

    /**
     * Results of a store.
     *
     * @param windows those that the store was built with
     */
    RememberedResults(ReadOnlyWindowStore<Bytes, CommandResult> store, RequestWindows windows) {
        this.store = store;
        this.windows = windows;
    }

    /** The result of a request; empty if it is not known, or was decided too long ago to be remembered. */
    Optional<CommandResult> find(ByRequestId request, Instant now) {
        return windows.find(store, request, now).filter(result -> windows.isRemembered(result.getDecidedAt(), now));
    }
}
