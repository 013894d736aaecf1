package dev.standing.audit.export;

/**
 * Records in a row that could not be exported, or not in full, all for the same reason.
 *
 * @param partition of the topic
 * @param firstOffset the first
 * @param lastOffset the last
 * @param count how many
 * @param reason in words for people
 */
public record Unreadable(int partition, long firstOffset, long lastOffset, long count, String reason) {}
