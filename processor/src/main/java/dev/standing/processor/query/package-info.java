/** Queries over HTTP, answered from the read model. */
package dev.standing.processor.query;
