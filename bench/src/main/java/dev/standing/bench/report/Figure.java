package dev.standing.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One number that was measured.
 *
 * @param name what it tells
 * @param value the number
 * @param unit what it is a number of, such as {@code ms}; empty for a plain number
 * @param atMost what it should not be above; empty if nothing is expected of it
 */
public record Figure(String name, double value, String unit, OptionalDouble atMost) {

    /** A figure of which nothing is expected. */
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.empty());
    }

    /** A number of things, of which nothing is expected. */
    public static Figure count(String name, long count) {
        return of(name, (double) count, "");
    }

    /** This figure, with what it should not be above. */
    public Figure atMost(double most) {
        return new Figure(name, value, unit, OptionalDouble.of(most));
    }

    /** Whether it is as it should be; what nothing is expected of always is. */
    public boolean isMet() {
        return atMost.isEmpty() || value <= atMost.getAsDouble();
    }

    /** The number and its unit: with three digits at least, and no more behind the point than tell something. */
    public String text() {
        return withUnit(value);
    }

    /** What is expected, and whether it is so; no text if nothing is. */
    public String target() {
        return atMost.isEmpty() ? "" : "<= " + withUnit(atMost.getAsDouble()) + (isMet() ? ", met" : ", NOT MET");
    }

    private String withUnit(double number) {
        return (digits(number) + " " + unit).strip();
    }

    private static String digits(double number) {
        if (number == Math.rint(number)) {
            return String.format(Locale.ROOT, "%,d", (long) number);
        }
        double size = Math.abs(number);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, number);
    }
}
