package dev.standing.topics;

import dev.standing.registry.CompatibilityLevel;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.topics.ProvisioningStep.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Registers the schemas of all topics. */
public final class SchemaProvisioning {

    /** What every subject demands: any reader of any release reads what any release wrote. */
    public static final CompatibilityLevel COMPATIBILITY = CompatibilityLevel.FULL_TRANSITIVE;

    private final SchemaRegistryClient client;
    private final TopicCatalogue catalogue;

    /**
     * Makes one for a registry.
     *
     * @param client stays the caller's to close
     * @param catalogue the topics
     */
    public SchemaProvisioning(SchemaRegistryClient client, TopicCatalogue catalogue) {
        this.client = client;
        this.catalogue = catalogue;
    }

    /**
     * Sets the compatibility of every subject, and registers the schemas of this release. The compatibility comes first, so that the schemas are
     * held to it. May be called again, and by several at once.
     *
     * @return what was done, two steps for each subject
     * @throws RegistryRejectedException of kind INCOMPATIBLE if the subject has a schema that this release's is not compatible with
     * @throws RegistryUnavailableException if the registry gives no answer
     */
    public List<ProvisioningStep> provision() {
        List<ProvisioningStep> steps = new ArrayList<>();
        for (TopicDefinition topic : catalogue.all()) {
            topic.valueType().ifPresent(type -> {
                String subject = topic.valueSubject();
                client.setCompatibility(subject, COMPATIBILITY);
                steps.add(new ProvisioningStep(Outcome.SET, "compatibility of " + subject, COMPATIBILITY.name()));
                steps.add(register(subject, SpecificData.get().getSchema(type)));
            });
        }
        return List.copyOf(steps);
    }

    private ProvisioningStep register(String subject, Schema schema) {
        Optional<Integer> known = client.lookUp(subject, schema);
        int id = known.orElseGet(() -> client.register(subject, schema));
        Outcome outcome = known.isPresent() ? Outcome.UNCHANGED : Outcome.CREATED;
        return new ProvisioningStep(outcome, "schema of " + subject, schema.getFullName() + ", id " + id);
    }
}
