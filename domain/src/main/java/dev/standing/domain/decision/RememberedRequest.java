package dev.standing.domain.decision;

import java.time.Instant;

/**
 * A request that was decided before.
 *
 * @param contentDigest {@link dev.standing.domain.command.CommandContent#digest} of the command then
 * @param decidedAt when it was decided
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole: digests are compared by their bytes.
public record RememberedRequest(byte[] contentDigest, Instant decidedAt) {}
