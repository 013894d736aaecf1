package dev.standing.deploy.kubernetes;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Holds objects to the API of Kubernetes, as its Java client knows it: no field that there is not, each of its type, and
 * all there that have to be.
 */
final class KubernetesModel {

    private final String file;
    private final List<String> findings = new ArrayList<>();

    private KubernetesModel(String file) {
        this.file = file;
    }

    /** What is wrong with an object, each with file and path; empty: nothing. */
    static List<String> findings(Manifest manifest) {
        KubernetesModel model = new KubernetesModel(manifest.file());
        String path = manifest.kind() + " " + manifest.name();
        try {
            model.check(path, manifest.content(), type(manifest.text("apiVersion"), manifest.kind()));
        } catch (ReflectiveOperationException e) {
            model.found(path, "no such kind in " + manifest.text("apiVersion"));
        }
        return model.findings;
    }

    /** What the method that creates such an object takes. */
    private static Type type(String apiVersion, String kind) throws ReflectiveOperationException {
        String[] parts = apiVersion.contains("/") ? apiVersion.split("/", 2) : new String[] {"core", apiVersion};
        String group = parts[0].split("\\.", 2)[0];
        Class<?> api = Class.forName("io.kubernetes.client.openapi.apis." + capital(group) + capital(parts[1]) + "Api");
        Method create = Arrays.stream(api.getMethods())
                .filter(method -> method.getName().equals("createNamespaced" + kind))
                .findAny()
                .orElseThrow(() -> new NoSuchMethodException(kind));
        return create.getGenericParameterTypes()[1];
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private void check(String path, Object value, Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            checkMany(path, value, generic);
        } else if (type instanceof Class<?> model && isModel(model)) {
            checkFields(path, value, model);
        } else if (!isOf(value, type)) {
            found(path, value + " is no " + ((Class<?>) type).getSimpleName());
        }
    }

    private void checkMany(String path, Object value, ParameterizedType type) throws ReflectiveOperationException {
        if (type.getRawType().equals(List.class) && value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(path + "[" + i + "]", list.get(i), type.getActualTypeArguments()[0]);
            }
        } else if (type.getRawType().equals(Map.class) && value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                check(path + "." + entry.getKey(), entry.getValue(), type.getActualTypeArguments()[1]);
            }
        } else {
            found(path, value + " is no " + type.getTypeName());
        }
    }

    private void checkFields(String path, Object value, Class<?> model) throws ReflectiveOperationException {
        if (!(value instanceof Map<?, ?> map)) {
            found(path, value + " is no " + model.getSimpleName());
            return;
        }
        for (String required : required(model)) {
            if (!map.containsKey(required)) {
                found(path, required + " is missing");
            }
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String below = path + "." + entry.getKey();
            Field field = Arrays.stream(model.getDeclaredFields())
                    .filter(it -> it.isAnnotationPresent(SerializedName.class)
                            && it.getAnnotation(SerializedName.class).value().equals(entry.getKey()))
                    .findAny()
                    .orElse(null);
            if (field == null) {
                found(below, "no such field");
            } else {
                check(below, entry.getValue(), field.getGenericType());
            }
        }
    }

    private static boolean isModel(Class<?> type) {
        return type.getPackageName().equals("io.kubernetes.client.openapi.models");
    }

    @SuppressWarnings("unchecked")
    private static Set<String> required(Class<?> model) throws ReflectiveOperationException {
        return (Set<String>) model.getField("openapiRequiredFields").get(null);
    }

    private static boolean isOf(Object value, Type type) {
        if (type.equals(String.class)) {
            return value instanceof String;
        }
        if (type.equals(Boolean.class)) {
            return value instanceof Boolean;
        }
        if (type.equals(Integer.class) || type.equals(Long.class)) {
            return value instanceof Integer || value instanceof Long;
        }
        if (type.equals(IntOrString.class) || type.equals(Quantity.class)) {
            return value instanceof Integer || value instanceof String;
        }
        throw new IllegalArgumentException("A type that no manifest had so far: " + type);
    }

    private void found(String path, String what) {
        findings.add(file + ": " + path + ": " + what);
    }
}
