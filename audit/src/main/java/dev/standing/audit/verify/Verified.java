package dev.standing.audit.verify;

import dev.standing.audit.checkpoint.LogSummary;

/**
 * A log that was verified.
 *
 * @param report what was found
 * @param summary what the log is, up to where it was read; of use only if nothing was found and all of it was read
 */
public record Verified(VerificationReport report, LogSummary summary) {}
