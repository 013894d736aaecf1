/** What the processor sends. */
package dev.standing.processor.output;
