package dev.standing.local.node;

import dev.standing.registry.SchemaRegistryClient;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.topics.ProvisioningStep;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import dev.standing.topics.TopicMismatchException;
import dev.standing.topics.TopicProvisioning;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Creates, or checks, the topics and the schemas of a deployment. */
public final class Provisioning {

    /** The prefixes of the services' settings, which may stand in the same file. */
    public static final List<String> SERVICES = List.of("gateway.", "processor.");

    private Provisioning() {}

    /**
     * Creates what is missing and checks what is there.
     *
     * @param told of each step
     * @throws TopicMismatchException if a topic is not as it should be
     * @throws dev.standing.registry.RegistryException if the registry refuses a schema, or does not answer
     */
    public static void provision(ConnectionSettings connection, Consumer<ProvisioningStep> told) {
        TopicCatalogue catalogue = catalogue(connection);
        try (TopicProvisioning topics = TopicProvisioning.connect(connection.kafka(), catalogue)) {
            topics.provision().forEach(told);
        }
        try (SchemaRegistryClient registry = new SchemaRegistryClient(connection.registry())) {
            new SchemaProvisioning(registry, catalogue).provision().forEach(told);
        }
    }

    /**
     * Checks everything, and creates nothing.
     *
     * @return the subjects that have not the schema of this release; empty: everything is as it should be
     * @throws TopicMismatchException if a topic is missing, or is not as it should be
     * @throws dev.standing.registry.RegistryException if the registry does not answer
     */
    public static List<String> check(ConnectionSettings connection) {
        TopicCatalogue catalogue = catalogue(connection);
        try (TopicProvisioning topics = TopicProvisioning.connect(connection.kafka(), catalogue)) {
            topics.check();
        }
        try (SchemaRegistryClient registry = new SchemaRegistryClient(connection.registry())) {
            return catalogue.all().stream()
                    .filter(topic -> lacksSchema(registry, topic))
                    .map(TopicDefinition::valueSubject)
                    .toList();
        }
    }

    /** Creates what is missing, and says how many topics and schemas there are. */
    static String run(ConnectionSettings connection) {
        int[] created = {0};
        provision(connection, step -> {
            if (step.outcome() == ProvisioningStep.Outcome.CREATED) {
                created[0]++;
            }
        });
        return created[0] == 0 ? "as they should be" : created[0] + " created";
    }

    private static boolean lacksSchema(SchemaRegistryClient registry, TopicDefinition topic) {
        return topic.valueType()
                .map(type -> {
                    Schema schema = SpecificData.get().getSchema(type);
                    return registry.lookUp(topic.valueSubject(), schema).isEmpty();
                })
                .orElse(false);
    }

    private static TopicCatalogue catalogue(ConnectionSettings connection) {
        return new TopicCatalogue(connection.topicPrefix(), connection.partitions(), connection.replicationFactor());
    }
}
