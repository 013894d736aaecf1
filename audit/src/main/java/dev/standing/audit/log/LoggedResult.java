package dev.standing.audit.log;

import dev.standing.avro.CommandResult;

/**
 * A result where it lies in the log.
 *
 * @param place where
 * @param commandId the command that it answers, which for a replay is not the one that it names
 * @param result as it could be read
 */
public record LoggedResult(Place place, String commandId, CommandResult result) {}
