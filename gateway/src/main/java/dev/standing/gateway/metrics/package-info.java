/** What a gateway measures of itself: {@code docs/metrics.md}. */
package dev.standing.gateway.metrics;
