/** Tables that are larger than memory. */
package dev.standing.audit.table;
