package dev.standing.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as a table, for a terminal or in Markdown. */
public final class ReportText {

    private static final List<String> HEADINGS = List.of("measured", "value", "target");

    private ReportText() {}

    /** Lines for a terminal. */
    public static String plain(Report report) {
        List<List<String>> rows = rows(report);
        String row = "%-" + width(rows, 0) + "s  %" + width(rows, 1) + "s  %s";
        return "\n" + report.scenario() + "\n"
                + "  settings: " + listed(report.settings()) + "\n"
                + "  on: " + listed(report.environment()) + "\n\n"
                + rows.stream()
                        .map(cells -> "  " + String.format(row, cells.toArray()).stripTrailing() + "\n")
                        .collect(Collectors.joining());
    }

    /** A table in Markdown, and below it what it was measured with. */
    public static String markdown(Report report) {
        List<List<String>> rows = rows(report);
        List<String> lines = new ArrayList<>();
        for (List<String> cells : rows) {
            lines.add(cells.stream().map(cell -> cell + " |").collect(Collectors.joining(" ", "| ", "")));
        }
        lines.add(1, "|---|---:|---|");
        lines.add("");
        lines.add("Settings: " + listed(report.settings()) + ".");
        lines.add("On: " + listed(report.environment()) + ".");
        return String.join("\n", lines) + "\n";
    }

    private static List<List<String>> rows(Report report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        report.figures().forEach(figure -> rows.add(List.of(figure.name(), figure.text(), figure.target())));
        return rows;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(1);
    }

    private static String listed(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
