package dev.standing.gateway.reply;

import java.time.Duration;

/**
 * How commands are sent and results waited for.
 *
 * @param replyTimeout how long a result is waited for; more than zero
 * @param maxWaiting the most commands that are waited for at a time; more than zero
 */
public record ChannelSettings(Duration replyTimeout, int maxWaiting) {}
