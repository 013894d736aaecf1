package dev.standing.registry;

import java.util.Map;

/** Standing's own client, to compare with, where another would be found. */
public final class OwnClient {

    private OwnClient() {}

    /**
     * Makes one.
     *
     * @param url the registry's
     * @return asks the registry itself
     */
    public static SchemaRegistryClient at(String url) {
        return new SchemaRegistryClient(RegistryConfig.parse(Map.of(RegistryConfig.URL, url)), Thread::sleep);
    }
}
