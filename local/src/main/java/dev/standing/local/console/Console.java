package dev.standing.local.console;

import java.io.PrintStream;

/**
 * Standard output and standard error, as people read them. Lines of several threads do not mix.
 *
 * <p>Colours are used only where the launcher found that standard output is a terminal and {@code NO_COLOR} is not set.
 */
public final class Console {

    /** The system property by which the launcher allows colours. */
    public static final String COLOURS = "standing.colours";

    private static final String RESET = "\u001B[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colours;

    /**
     * Makes one.
     *
     * @param out what was asked for
     * @param err what went wrong
     * @param colours whether escape sequences are understood where {@code out} leads
     */
    public Console(PrintStream out, PrintStream err, boolean colours) {
        this.out = out;
        this.err = err;
        this.colours = colours;
    }

    /** That of the process. */
    public static Console ofProcess() {
        return new Console(System.out, System.err, Boolean.getBoolean(COLOURS));
    }

    /** Prints a line. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Prints an empty line. */
    public void line() {
        line("");
    }

    /** Prints a line about what went wrong. */
    public void error(String text) {
        err.println(text);
        err.flush();
    }

    /** Prints why, for those who look for the cause in the code. */
    public void trace(Throwable cause) {
        cause.printStackTrace(err);
        err.flush();
    }

    /** A text that stands out. */
    public String strong(String text) {
        return styled("1", text);
    }

    /** A text that stays in the background. */
    public String faint(String text) {
        return styled("2", text);
    }

    /** A text that says that all is well. */
    public String good(String text) {
        return styled("32", text);
    }

    /** A text that says that something is wrong. */
    public String bad(String text) {
        return styled("1;31", text);
    }

    /** A text that tells one kind of thing from the others. */
    public String accent(String text) {
        return styled("36", text);
    }

    private String styled(String code, String text) {
        return colours ? "\u001B[" + code + "m" + text + RESET : text;
    }
}
