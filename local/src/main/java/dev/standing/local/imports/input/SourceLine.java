package dev.standing.local.imports.input;

import java.util.Optional;

/**
 * A line, for those who are told about it.
 *
 * @param number from 1 on
 * @param text as it stands there; empty if it is too long to be kept
 */
public record SourceLine(long number, Optional<String> text) {}
