/**
 * Whether a log is what it was: every event follows the one before it, and the folded customers are those that the
 * processor tells of.
 *
 * <p>The log is read once, and as long as all is well nothing else is done. Customers with whom something is not well are
 * read a second time, all of their events together, so that the record at fault can be told from those that only follow it.
 */
package dev.standing.audit.verify;
