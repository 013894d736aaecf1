package dev.standing.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * The classes that were generated from the schemas, as Avro has to find them.
 *
 * <p>Avro since 1.12.2 loads no class by name that is not trusted, and by default trusts none of a user's: neither could records with records in
 * them be read, nor builders fill in defaults. The serdes of this package look classes up in the reader's own schema, and so do without trust;
 * for builders and the generated {@code fromByteBuffer}, {@link #trust} adds the generated packages to what Avro trusts.
 */
public final class GeneratedClasses {

    private static final String PACKAGE = "dev.standing.avro.";

    private GeneratedClasses() {}

    private static final class Trusted {
        static {
            ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    before, type -> type.getName().startsWith(PACKAGE)));
        }

        private Trusted() {}

        static void add() {
            // Loading the class did it, once.
        }
    }

    /**
     * Adds the generated classes to those that Avro trusts in this JVM; takes nothing away. To be called before the first builder is used. May be
     * called by many threads, and again.
     */
    public static void trust() {
        Trusted.add();
    }

    /** The data model that reads and writes a generated class: with its conversions, and without what is turned on by system properties. */
    static SpecificData model(Class<? extends SpecificRecord> type) {
        SpecificData generated = SpecificData.getForClass(type);
        Map<String, Class<?>> classes = new HashMap<>();
        addClasses(generated.getSchema(type), type.getClassLoader(), classes);
        SpecificData model = new Model(type.getClassLoader(), Map.copyOf(classes));
        for (Conversion<?> conversion : generated.getConversions()) {
            model.addLogicalTypeConversion(conversion);
        }
        // Generated decoders allocate arrays as large as the payload claims.
        model.setCustomCoders(false);
        model.setFastReaderEnabled(false);
        return model;
    }

    private static void addClasses(Schema schema, ClassLoader loader, Map<String, Class<?>> classes) {
        switch (schema.getType()) {
            case RECORD -> {
                if (addClass(schema, loader, classes)) {
                    schema.getFields().forEach(field -> addClasses(field.schema(), loader, classes));
                }
            }
            case ENUM, FIXED -> addClass(schema, loader, classes);
            case ARRAY -> addClasses(schema.getElementType(), loader, classes);
            case MAP -> addClasses(schema.getValueType(), loader, classes);
            case UNION -> schema.getTypes().forEach(branch -> addClasses(branch, loader, classes));
            default -> {
                // Has no class of its own.
            }
        }
    }

    private static boolean addClass(Schema schema, ClassLoader loader, Map<String, Class<?>> classes) {
        try {
            String name = SpecificData.getClassName(schema);
            return classes.put(schema.getFullName(), Class.forName(name, true, loader)) == null;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("No class was generated for " + schema.getFullName(), e);
        }
    }

    private static final class Model extends SpecificData {

        private final Map<String, Class<?>> classes;

        Model(ClassLoader loader, Map<String, Class<?>> classes) {
            super(loader);
            this.classes = classes;
        }

        @Override
        @SuppressWarnings("rawtypes") // As declared by Avro.
        public Class getClass(Schema schema) {
            return switch (schema.getType()) {
                case RECORD, ENUM, FIXED -> classes.get(schema.getFullName());
                default -> super.getClass(schema);
            };
        }
    }
}
