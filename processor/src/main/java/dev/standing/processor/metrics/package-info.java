/** What a processor measures of itself: {@code docs/metrics.md}. */
package dev.standing.processor.metrics;
