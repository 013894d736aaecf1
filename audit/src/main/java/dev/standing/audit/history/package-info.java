/** Where customers stood at any time as known at any time, and how they came there, told from the log alone. */
package dev.standing.audit.history;
