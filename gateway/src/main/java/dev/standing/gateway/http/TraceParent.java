package dev.standing.gateway.http;

import java.util.regex.Pattern;

/** The header {@code traceparent} of W3C Trace Context, in the form of version 00. */
final class TraceParent {

    private static final Pattern FORM = Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern NOBODY = Pattern.compile("..-(0{32}-.*|.*-0{16}-..)");

    private TraceParent() {}

    /** Whether the text names a trace and a parent; ids of zeroes name none. */
    static boolean isValid(String text) {
        return FORM.matcher(text).matches() && !NOBODY.matcher(text).matches();
    }
}
