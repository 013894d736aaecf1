/** Benchmarks: the main class of {@code ./standing bench}. */
package dev.standing.bench;
