/** Signed summaries of a log, which a log that was rewritten afterwards does not match. */
package dev.standing.audit.checkpoint;
