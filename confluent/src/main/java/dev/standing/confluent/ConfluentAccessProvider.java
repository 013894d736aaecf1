package dev.standing.confluent;

import dev.standing.registry.RegistryAccess;
import dev.standing.registry.RegistryAccessProvider;
import dev.standing.registry.RegistryConfig;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets Confluent's client ask the registry. Says so once, as nothing else tells the two apart. */
public final class ConfluentAccessProvider implements RegistryAccessProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ConfluentAccessProvider.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public ConfluentAccessProvider() {}

    @Override
    public RegistryAccess open(Map<String, ?> configs, RegistryConfig config, RegistryAccess own) {
        if (SAID.compareAndSet(false, true)) {
            LOG.info("The schema registry {} is asked by Confluent's client", config.urls());
        }
        return new ConfluentAccess(ConfluentSettings.of(configs, config), config, own);
    }
}
