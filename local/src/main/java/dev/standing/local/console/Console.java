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

    /** The system property by which the launcher tells how wide the terminal is; not there: standard output is none. */
    public static final String COLUMNS = "standing.columns";

    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final String RESET = "\u001B[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colours;
    private final int columns;
    private String drawn = "";

    /**
     * Makes one.
     *
     * @param out what was asked for
     * @param err what went wrong
     * @param colours whether escape sequences are understood where {@code out} leads
     */
    public Console(PrintStream out, PrintStream err, boolean colours) {
        this(out, err, colours, 0);
    }

    /**
     * Makes one.
     *
     * @param out what was asked for
     * @param err what went wrong
     * @param colours whether escape sequences are understood where {@code out} leads
     * @param columns how wide the terminal is that {@code out} leads to; 0: it leads to none
     */
    public Console(PrintStream out, PrintStream err, boolean colours, int columns) {
        this.out = out;
        this.err = err;
        this.colours = colours;
        this.columns = columns;
    }

    /** That of the process. */
    public static Console ofProcess() {
        return new Console(System.out, System.err, Boolean.getBoolean(COLOURS), Integer.getInteger(COLUMNS, 0));
    }

    /** How wide the terminal is that standard output leads to; 0: it leads to none. */
    public int columns() {
        return columns;
    }

    /** Draws the last line of the terminal, in place of what was drawn there; lines go above it. */
    public synchronized void redraw(String text) {
        // A bar draws its last state twice.
        if (!text.equals(drawn)) {
            draw(text);
        }
    }

    private void draw(String text) {
        drawn = text;
        out.print(CLEAR_LINE + text);
        out.flush();
    }

    /** Leaves what is drawn as a line like any other. */
    public synchronized void endDrawing() {
        if (!drawn.isEmpty()) {
            drawn = "";
            out.println();
            out.flush();
        }
    }

    /** Prints a line. */
    public synchronized void line(String text) {
        print(out, text);
    }

    /** Prints an empty line. */
    public void line() {
        line("");
    }

    /** Prints a line about what went wrong. */
    public synchronized void error(String text) {
        print(err, text);
    }

    private void print(PrintStream stream, String text) {
        if (!drawn.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        stream.println(text);
        stream.flush();
        if (!drawn.isEmpty()) {
            draw(drawn);
        }
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
