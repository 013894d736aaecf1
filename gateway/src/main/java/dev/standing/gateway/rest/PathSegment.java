package dev.standing.gateway.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A text as one segment of a path (RFC 3986, section 3.3). */
final class PathSegment {

    private PathSegment() {}

    /** The text with everything escaped that is not unreserved. */
    static String of(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String escaped = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        // Clients would resolve these two as steps in the path.
        return escaped.equals(".") || escaped.equals("..") ? escaped.replace(".", "%2E") : escaped;
    }
}
