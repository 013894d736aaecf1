/** From a command to all that follows from it, without input or output. */
package dev.standing.processor.execution;
