/** What the processor keeps. */
package dev.standing.processor.store;
