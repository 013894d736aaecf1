package dev.standing.audit.verify;

import dev.standing.audit.checkpoint.LogSummary;

/**
 * What a log is said to have been.
 *
 * @param summary what it was
 * @param isSigned whether the signature is right
 */
public record Against(LogSummary summary, boolean isSigned) {}
