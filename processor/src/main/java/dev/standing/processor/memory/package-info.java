/** The native memory of the stores, which lies outside of the Java heap. */
package dev.standing.processor.memory;
