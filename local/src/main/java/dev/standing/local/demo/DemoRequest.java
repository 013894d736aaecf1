package dev.standing.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request of the demo.
 *
 * @param path where it goes, with its query
 * @param body what is posted; empty: it is a GET
 */
record DemoRequest(String path, Optional<JsonNode> body) {

    static DemoRequest post(String path, JsonNode body) {
        return new DemoRequest(path, Optional.of(body));
    }

    static DemoRequest get(String path) {
        return new DemoRequest(path, Optional.empty());
    }

    /** The method and the path. */
    String line() {
        return (body.isPresent() ? "POST " : "GET ") + path;
    }
}
