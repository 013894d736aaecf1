package dev.standing.registry;

import java.util.List;
import org.apache.avro.Schema;

/**
 * How a registry is asked. {@link SchemaRegistryClient} has one beneath it, remembers what it says, and is what everyone else uses. Safe for use
 * by many threads.
 *
 * <p>Every call asks the registry, and may block for as long as the configuration allows. It
 * throws {@link RegistryUnavailableException} if no answer is to be had now, and {@link RegistryRejectedException} if the answer is no. The
 * two must not be mixed up: what is unavailable is waited for, and a record whose schema is refused is not.
 */
public interface RegistryAccess extends AutoCloseable {

    /**
     * Registers a schema as the next version of a subject, unless the subject has it already.
     *
     * @param subject the subject
     * @param schema complete
     * @return the registry's id of the schema
     */
    int register(String subject, Schema schema);

    /**
     * The id of a schema that a subject has.
     *
     * @param subject the subject
     * @param schema complete
     * @return the registry's id of the schema
     * @throws RegistryRejectedException of kind UNKNOWN_SUBJECT or UNKNOWN_SCHEMA if the subject does not have it
     */
    int lookUp(String subject, Schema schema);

    /**
     * A schema.
     *
     * @param key its id
     * @return of any type
     * @throws RegistryRejectedException of kind UNKNOWN_SCHEMA if there is none
     */
    SchemaDocument schema(SchemaKey key);

    /**
     * The latest version of a subject.
     *
     * @param subject the subject
     * @return never one that was the latest some time ago
     * @throws RegistryRejectedException of kind UNKNOWN_SUBJECT if the subject does not exist
     */
    SchemaVersion latest(String subject);

    /**
     * The numbers of all versions of a subject.
     *
     * @param subject the subject
     * @return in order
     * @throws RegistryRejectedException of kind UNKNOWN_SUBJECT if the subject does not exist
     */
    List<Integer> versions(String subject);

    /**
     * A version of a subject.
     *
     * @param subject the subject
     * @param version its number
     * @return never null
     * @throws RegistryRejectedException of kind UNKNOWN_SUBJECT if there is none
     */
    SchemaVersion version(String subject, int version);

    /**
     * Sets what is demanded of the next schema of a subject, which need not exist.
     *
     * @param subject the subject
     * @param level from now on
     */
    void setCompatibility(String subject, CompatibilityLevel level);

    /**
     * Whether a schema could be registered.
     *
     * @param subject the subject
     * @param schema complete
     * @return never null
     * @throws RegistryRejectedException of kind UNKNOWN_SUBJECT if the subject does not exist
     */
    Compatibility compatibility(String subject, Schema schema);

    /** Ends the connections. Calls that are under way may fail. */
    @Override
    void close();
}
