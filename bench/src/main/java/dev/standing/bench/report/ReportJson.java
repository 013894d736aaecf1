package dev.standing.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A report as JSON. */
public final class ReportJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    /**
     * Writes it to a file, in place of what was there.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Report report, Path file) {
        try {
            Files.writeString(file, tree(report).toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static ObjectNode tree(Report report) {
        ObjectNode tree = JSON.createObjectNode().put("scenario", report.scenario());
        put(tree.putObject("settings"), report.settings());
        put(tree.putObject("environment"), report.environment());
        for (Figure figure : report.figures()) {
            ObjectNode node = tree.withArray("figures")
                    .addObject()
                    .put("name", figure.name())
                    .put("value", figure.value())
                    .put("unit", figure.unit());
            figure.atMost().ifPresent(most -> node.put("atMost", most).put("met", figure.isMet()));
        }
        return tree;
    }

    private static void put(ObjectNode node, Map<String, String> entries) {
        entries.forEach(node::put);
    }
}
