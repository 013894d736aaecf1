package dev.standing.service.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings that were given, by name. Immutable.
 *
 * <p>A properties file gives them by their names; environment variables give them as {@code STANDING_} and the name in
 * upper case with underscores for dots ({@code STANDING_GATEWAY_PORT} for {@code gateway.port}), and win over the file.
 */
public final class Settings {

    private static final String VARIABLE_PREFIX = "STANDING_";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /** Settings of these names and values. */
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /**
     * Settings of a file, if one is given, and of the environment.
     *
     * @throws InvalidSettingsException if the file cannot be read
     */
    public static Settings read(Optional<Path> file, Map<String, String> environment) {
        Map<String, String> values = new LinkedHashMap<>();
        file.ifPresent(path -> values.putAll(properties(path)));
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && variable.length() > VARIABLE_PREFIX.length()) {
                values.put(settingName(variable), value);
            }
        });
        return new Settings(values);
    }

    /** These settings with others added, which win. */
    public Settings with(Map<String, String> others) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        merged.putAll(others);
        return new Settings(merged);
    }

    /**
     * The value of a setting, or its default.
     *
     * @throws InvalidSettingsException if the value is malformed or out of range
     */
    public <T> T get(Setting<T> setting) {
        return setting.parse(values.getOrDefault(setting.name(), setting.defaultText()));
    }

    /** All values whose names begin with a prefix, by what follows it. */
    public Map<String, String> withPrefix(String prefix) {
        Map<String, String> selected = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                selected.put(name.substring(prefix.length()), value);
            }
        });
        return selected;
    }

    /**
     * Refuses names under a prefix that are neither those of the settings nor under one of the open prefixes: a
     * misspelt name must not be passed over.
     *
     * @throws InvalidSettingsException naming the first of them
     */
    public void requireKnown(String prefix, List<Setting<?>> known, List<String> openPrefixes) {
        for (String name : values.keySet()) {
            boolean isKnown = !name.startsWith(prefix)
                    || known.stream().anyMatch(setting -> setting.name().equals(name))
                    || openPrefixes.stream().anyMatch(name::startsWith);
            if (!isKnown) {
                throw new InvalidSettingsException("Unknown setting " + name + "; known are "
                        + String.join(", ", known.stream().map(Setting::name).toList()));
            }
        }
    }

    /**
     * Refuses names that are under none of the prefixes.
     *
     * @throws InvalidSettingsException naming the first of them
     */
    public void requirePrefixes(List<String> prefixes) {
        for (String name : values.keySet()) {
            if (prefixes.stream().noneMatch(name::startsWith)) {
                throw new InvalidSettingsException(
                        "Unknown setting " + name + "; settings begin with one of " + String.join(", ", prefixes));
            }
        }
    }

    private static String settingName(String variable) {
        return variable.substring(VARIABLE_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private static Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (MalformedInputException e) {
            throw new InvalidSettingsException("The configuration file " + file + " is not UTF-8", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingsException("The configuration file " + file + " cannot be read: " + e, e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
