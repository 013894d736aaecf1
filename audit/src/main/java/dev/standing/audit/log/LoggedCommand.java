package dev.standing.audit.log;

import dev.standing.domain.command.Command;
import java.time.Instant;

/**
 * A command where it lies in the log.
 *
 * @param place where
 * @param timestamp when the broker took it
 * @param command as it could be read
 */
public record LoggedCommand(Place place, Instant timestamp, Command command) {}
