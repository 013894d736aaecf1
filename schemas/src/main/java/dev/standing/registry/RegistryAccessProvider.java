package dev.standing.registry;

import java.util.Map;

/**
 * Takes the place of what asks the registry. Found by {@link java.util.ServiceLoader}; where there is none, the registry is asked by Standing's
 * own client.
 */
public interface RegistryAccessProvider {

    /**
     * Makes one; nothing is sent yet.
     *
     * @param configs as handed to any Kafka client; null counts as left out
     * @param config the same, as {@link SchemaRegistryClient} understands it
     * @param own Standing's own, for what the other cannot do; without credentials if it does not know the way to log in; closed by the caller
     * @return never null
     */
    RegistryAccess open(Map<String, ?> configs, RegistryConfig config, RegistryAccess own);
}
