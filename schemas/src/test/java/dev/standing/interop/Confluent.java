package dev.standing.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's own classes, from a jar that the build fetches. It comes last on the class path: Avro and Kafka are those of this build, as they
 * would be with a user.
 */
final class Confluent implements AutoCloseable {

    private static final Path JAR = Path.of("target/confluent/pinot-confluent-avro-shaded.jar");

    private final URLClassLoader loader;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final String registry;

    Confluent(String registry) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + " is missing: mvn verify fetches it");
        }
        try {
            this.loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, Confluent.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.registry = registry;
        // Kafka looks classes up there that a configuration names.
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** A {@code KafkaAvroSerializer} for values, with defaults of its own, and these. */
    Serializer<Object> serializer(Map<String, ?> configs) {
        @SuppressWarnings("unchecked")
        Serializer<Object> serializer = (Serializer<Object>) instance("KafkaAvroSerializer");
        serializer.configure(with(configs), false);
        return serializer;
    }

    /** A {@code KafkaAvroDeserializer} of values as generated classes. */
    Deserializer<Object> deserializer() {
        return deserializer(Map.of("specific.avro.reader", true));
    }

    Deserializer<Object> deserializer(Map<String, ?> configs) {
        @SuppressWarnings("unchecked")
        Deserializer<Object> deserializer = (Deserializer<Object>) instance("KafkaAvroDeserializer");
        deserializer.configure(with(configs), false);
        return deserializer;
    }

    private Map<String, Object> with(Map<String, ?> configs) {
        Map<String, Object> all = new HashMap<>();
        all.put("schema.registry.url", registry);
        all.put("max.retries", 0);
        all.putAll(configs);
        return all;
    }

    /** As a reader that has another version of the schema. */
    GenericRecord read(byte[] record, Schema readers) {
        Deserializer<Object> deserializer = deserializer(Map.of());
        try {
            return (GenericRecord) deserializer
                    .getClass()
                    .getMethod("deserialize", String.class, byte[].class, Schema.class)
                    .invoke(deserializer, "", record, readers);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private Object instance(String name) {
        try {
            return loader.loadClass("io.confluent.kafka.serializers." + name)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** To be called by the thread that made it. */
    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
