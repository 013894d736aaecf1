package dev.standing.local.cli;

import dev.standing.service.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists settings below the help of a command. */
final class SettingsHelp {

    private SettingsHelp() {}

    /**
     * The lines, in the format of picocli's footer.
     *
     * @param where where they may be given
     * @param settings not empty
     * @param more what may be set beside them, in lines
     */
    static String[] footer(String where, List<Setting<?>> settings, String... more) {
        List<String> lines = new ArrayList<>();
        Setting<?> example = settings.get(settings.size() - 1);
        lines.add("");
        lines.add("Settings, " + where);
        lines.add("(" + variable(example) + " for " + example.name() + "):");
        for (Setting<?> setting : settings) {
            lines.add("  " + setting.name() + "=" + setting.defaultText());
            lines.add("      " + setting.help());
        }
        for (String line : more) {
            lines.add("  " + line);
        }
        return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
    }

    private static String variable(Setting<?> setting) {
        return "STANDING_" + setting.name().toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
