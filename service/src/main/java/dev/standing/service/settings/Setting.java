package dev.standing.service.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting: its name, its default, and a line of help.
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {

    private final String name;
    private final String defaultText;
    private final String help;
    private final Function<String, T> parser;

    private Setting(String name, String defaultText, String help, Function<String, T> parser) {
        this.name = name;
        this.defaultText = defaultText;
        this.help = help;
        this.parser = parser;
    }

    /** A text, which may be empty. */
    public static Setting<String> text(String name, String defaultValue, String help) {
        return new Setting<>(name, defaultValue, help, text -> text);
    }

    /** A text that need not be given. */
    public static Setting<Optional<String>> optionalText(String name, String help) {
        return new Setting<>(name, "", help, Setting::present);
    }

    /** The path of a file that need not be given. */
    public static Setting<Optional<Path>> optionalPath(String name, String help) {
        return new Setting<>(name, "", help, text -> present(text).map(present -> path(name, present)));
    }

    /** The path of a file or a directory. */
    public static Setting<Path> path(String name, String defaultValue, String help) {
        return new Setting<>(name, defaultValue, help, text -> path(name, text));
    }

    /** A whole number between two bounds, both included. */
    public static Setting<Integer> integer(String name, int defaultValue, int min, int max, String help) {
        return new Setting<>(name, Integer.toString(defaultValue), help, text -> integer(name, text, min, max));
    }

    /** A TCP port; 0 stands for any free one. */
    public static Setting<Integer> port(String name, int defaultValue, String help) {
        return integer(name, defaultValue, 0, 65_535, help);
    }

    /** Whether something is so: {@code true} or {@code false}. */
    public static Setting<Boolean> bool(String name, boolean defaultValue, String help) {
        return new Setting<>(name, Boolean.toString(defaultValue), help, text -> bool(name, text));
    }

    /** A duration in ISO 8601, such as {@code PT10S}, that is not negative. */
    public static Setting<Duration> duration(String name, Duration defaultValue, String help) {
        return new Setting<>(name, defaultValue.toString(), help, text -> duration(name, text));
    }

    /** The name, in lower case with dots. */
    public String name() {
        return name;
    }

    /** The default as it would be written; empty where there is none. */
    public String defaultText() {
        return defaultText;
    }

    /** What it is for, in one line. */
    public String help() {
        return help;
    }

    /** The value of a text; the text is trimmed. */
    T parse(String text) {
        return parser.apply(text.strip());
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(present -> !present.isEmpty());
    }

    private static Path path(String name, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidSettingsException(name + " must be a path, not \"" + text + "\"", e);
        }
    }

    private static int integer(String name, String text, int min, int max) {
        String expected = name + " must be a whole number from " + min + " to " + max + ", not \"" + text + "\"";
        try {
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new InvalidSettingsException(expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException(expected, e);
        }
    }

    private static boolean bool(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSettingsException(name + " must be true or false, not \"" + text + "\"");
        };
    }

    private static Duration duration(String name, String text) {
        String expected = name + " must be a duration like PT10S or P7D, not \"" + text + "\"";
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative()) {
                throw new InvalidSettingsException(expected);
            }
            return duration;
        } catch (DateTimeParseException e) {
            throw new InvalidSettingsException(expected, e);
        }
    }
}
