package dev.standing.gateway.rest;

import dev.standing.gateway.uri.UriText;

/** A text as one segment of a path (RFC 3986, section 3.3). */
final class PathSegment {

    private PathSegment() {}

    /** The text with everything escaped that is not unreserved. */
    static String of(String text) {
        String escaped = UriText.encode(text);
        // Clients would resolve these two as steps in the path.
        return escaped.equals(".") || escaped.equals("..") ? escaped.replace(".", "%2E") : escaped;
    }
}
