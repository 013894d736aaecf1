package dev.standing.deploy.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One selector of series in an expression of PromQL.
 *
 * @param metric whose
 * @param matchers which of them
 */
record Selector(String metric, List<LabelMatcher> matchers) {

    /**
     * One condition on a label.
     *
     * @param label its name
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     * @param value what it is held to
     */
    record LabelMatcher(String label, String operator, String value) implements Predicate<Map<String, String>> {

        @Override
        public boolean test(Map<String, String> labels) {
            // To Prometheus, a label that is not there is empty.
            String actual = labels.getOrDefault(label, "");
            boolean matches = operator.endsWith("~") ? actual.matches(value) : actual.equals(value);
            return operator.startsWith("!") != matches;
        }

        @Override
        public String toString() {
            return label + operator + '"' + value + '"';
        }
    }

    /** What our services and the libraries in them call their metrics. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:standing|kafka|jvm|process|system)_\\w+)\\s*(?:\\{([^}]*)})?");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /** All selectors of an expression, but for those of what Prometheus itself tells. */
    static List<Selector> of(String expression) {
        List<Selector> selectors = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            if (isInText(expression, selector.start())) {
                continue;
            }
            List<LabelMatcher> matchers = new ArrayList<>();
            Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (matcher.find()) {
                matchers.add(new LabelMatcher(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
            selectors.add(new Selector(selector.group(1), matchers));
        }
        return selectors;
    }

    private static boolean isInText(String expression, int position) {
        return TEXT.matcher(expression).results().anyMatch(text -> text.start() < position && position < text.end());
    }

    /** All labels that an expression groups by. */
    static List<String> groupings(String expression) {
        return GROUPING.matcher(expression)
                .results()
                .flatMap(result -> List.of(result.group(1).split(",")).stream())
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
    }
}
