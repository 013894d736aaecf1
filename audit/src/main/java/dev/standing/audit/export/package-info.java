/** Writes the log, or the state of all customers at a point in time, to files for other tools. */
package dev.standing.audit.export;
