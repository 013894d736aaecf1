/** The commands of {@code ./standing}: what they take, what they print, and the status that they end with. */
package dev.standing.local.cli;
