package dev.standing.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;

/** The keys of the serdes, beside those of {@link dev.standing.registry.RegistryConfig}. They are Confluent's. */
public final class SerdeConfig {

    /** The generated class that keys are read as: a class, or its name. */
    public static final String KEY_TYPE = "specific.avro.key.type";
    /** The generated class that values are read as: a class, or its name. */
    public static final String VALUE_TYPE = "specific.avro.value.type";

    private SerdeConfig() {}

    /** The generated class to read as. */
    static Class<? extends SpecificRecord> type(Map<String, ?> configs, boolean isKey) {
        String key = isKey ? KEY_TYPE : VALUE_TYPE;
        Object value = configs.get(key);
        if (value == null) {
            throw new ConfigException(key + " must name the generated class that records are read as, such as"
                    + " dev.standing.avro.CustomerEvent");
        }
        try {
            Class<?> type = value instanceof Class<?> given
                    ? given
                    : load(value.toString().trim());
            return type.asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException | ClassCastException e) {
            ConfigException named = new ConfigException(key, value, "must be a class that Avro generated");
            named.initCause(e);
            throw named;
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return Class.forName(name, true, context == null ? SerdeConfig.class.getClassLoader() : context);
    }
}
