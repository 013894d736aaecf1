package dev.standing.audit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lines for people: a heading, and beneath it words behind labels. None is wider than a page, unless a single word is.
 * What was logged cannot steer a terminal: control characters are shown as escapes.
 */
final class Paragraph {

    /** The width of a page. */
    static final int WIDTH = 100;

    private static final String INDENT = "    ";
    private static final int LABEL = 11;

    private final List<String> lines = new ArrayList<>();

    /** A line from the left edge. */
    Paragraph heading(String text) {
        wrap("", INDENT, text);
        return this;
    }

    /** A line from the left edge, with a word at the right one. */
    Paragraph heading(String text, String right) {
        String left = shown(text);
        lines.add(left + " ".repeat(Math.max(2, WIDTH - left.length() - right.length())) + right);
        return this;
    }

    /** Words behind a label. */
    Paragraph line(String label, String text) {
        wrap(INDENT + label + " ".repeat(Math.max(1, LABEL - label.length())), INDENT + " ".repeat(LABEL), text);
        return this;
    }

    /** Words behind a label, if there are any. */
    Paragraph line(String label, Optional<String> text) {
        text.ifPresent(words -> line(label, words));
        return this;
    }

    /** An empty line. */
    Paragraph gap() {
        lines.add("");
        return this;
    }

    /** All lines so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private void wrap(String first, String next, String text) {
        StringBuilder line = new StringBuilder(first);
        boolean isEmpty = true;
        for (String word : shown(text).split(" ", -1)) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        lines.add(line.toString());
    }

    /** What is neither a control character nor turns the direction of writing stays as it is. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                shown.append(String.format(Locale.ROOT, "\\u%04X", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
