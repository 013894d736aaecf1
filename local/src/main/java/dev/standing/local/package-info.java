/** The launcher: the main class of {@code ./standing}. */
package dev.standing.local;
