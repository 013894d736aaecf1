/** The read model: what the events topic says, kept by customer, and how far it has been read. */
package dev.standing.processor.history;
