package dev.standing.local.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request of the demo.
 *
 * @param path where it is posted
 * @param body what is posted
 */
record DemoRequest(String path, JsonNode body) {}
