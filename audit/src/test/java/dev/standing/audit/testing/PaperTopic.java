package dev.standing.audit.testing;

import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.util.function.Function;

/** The topics that a {@link PaperLog} has records for. */
public enum PaperTopic {
    /** {@code standing.commands}: written by no transaction. */
    COMMANDS(TopicCatalogue::commands, "dev.standing.CustomerCommand"),
    /** {@code standing.events}. */
    EVENTS(TopicCatalogue::events, "dev.standing.CustomerEvent"),
    /** {@code standing.results}. */
    RESULTS(TopicCatalogue::results, "dev.standing.CommandResult"),
    /** {@code standing.customers}. */
    CUSTOMERS(TopicCatalogue::customers, "dev.standing.Customer"),
    /** {@code standing.subordinate-updates}. */
    SUBORDINATE_UPDATES(TopicCatalogue::subordinateUpdates, "dev.standing.SubordinateUpdate"),
    /** {@code standing.external-ids}: the only one that is not keyed by customerId. */
    EXTERNAL_IDS(TopicCatalogue::externalIds, "dev.standing.ExternalIdClaim");

    @SuppressWarnings("ImmutableEnumChecker") // A method of a class.
    private final Function<TopicCatalogue, TopicDefinition> definition;

    private final String eventType;

    PaperTopic(Function<TopicCatalogue, TopicDefinition> definition, String eventType) {
        this.definition = definition;
        this.eventType = eventType;
    }

    /** The topic of a deployment. */
    public TopicDefinition in(TopicCatalogue catalogue) {
        return definition.apply(catalogue);
    }

    /** The {@code ce_type} of its records. */
    String eventType() {
        return eventType;
    }
}
