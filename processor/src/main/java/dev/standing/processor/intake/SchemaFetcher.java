package dev.standing.processor.intake;

import dev.standing.registry.RegistryException;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryRejectedException.Kind;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches writers' schemas in the background, so that a registry that is slow or away never holds up a stream thread
 * for longer than it chooses: a thread that waits past the transaction timeout is fenced, and loses its stores. Shared
 * by all threads.
 */
public final class SchemaFetcher implements AutoCloseable {

    /** What is known of a schema. */
    public enum Availability {
        /** It is in the client's cache: decoding does not need the registry. */
        AVAILABLE,
        /** The registry has none, or one that is not Avro: what was written with it is never decoded. */
        UNUSABLE,
        /** The registry has not answered yet; it is being asked, and can be asked about again. */
        AWAITED
    }

    private static final Logger LOG = LoggerFactory.getLogger(SchemaFetcher.class);

    private final SchemaRegistryClient client;
    private final ExecutorService background;
    private final Map<SchemaKey, CompletableFuture<Availability>> underWay = new ConcurrentHashMap<>();
    private final Set<SchemaKey> failed = ConcurrentHashMap.newKeySet();

    /** A fetcher into the cache of this client, which stays the caller's to close. */
    public SchemaFetcher(SchemaRegistryClient client) {
        this.client = client;
        this.background = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "standing-schema-fetcher");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Whether a schema can be had now. If it is not known, it is asked for.
     *
     * @param patience how long to wait for the registry's answer; zero: not at all
     */
    public Availability availability(SchemaKey key, Duration patience) {
        if (client.cached(key).isPresent()) {
            return Availability.AVAILABLE;
        }
        CompletableFuture<Availability> answer = underWay.computeIfAbsent(key, this::fetch);
        try {
            Availability availability = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            underWay.remove(key, answer);
            return availability;
        } catch (TimeoutException e) {
            return Availability.AWAITED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Availability.AWAITED;
        } catch (ExecutionException e) {
            underWay.remove(key, answer);
            throw new IllegalStateException("Fetching " + key + " failed in an unforeseen way", e.getCause());
        }
    }

    private CompletableFuture<Availability> fetch(SchemaKey key) {
        return CompletableFuture.supplyAsync(() -> ask(key), background);
    }

    private Availability ask(SchemaKey key) {
        try {
            client.schema(key);
            failed.remove(key);
            return Availability.AVAILABLE;
        } catch (RegistryRejectedException e) {
            if (e.kind() == Kind.UNKNOWN_SCHEMA || e.kind() == Kind.UNUSABLE_SCHEMA) {
                failed.remove(key);
                return Availability.UNUSABLE;
            }
            return awaited(key, e);
        } catch (RegistryUnavailableException e) {
            return awaited(key, e);
        }
    }

    /** It is asked for again and again until it comes: one warning for each schema is enough. */
    private Availability awaited(SchemaKey key, RegistryException cause) {
        if (failed.add(key)) {
            LOG.warn("{} cannot be fetched now; commands written with it wait: {}", key, cause.getMessage());
        }
        return Availability.AWAITED;
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
