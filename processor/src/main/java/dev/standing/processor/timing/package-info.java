/** How what time brings about gets its turn on a stream thread, beside commands. */
package dev.standing.processor.timing;
