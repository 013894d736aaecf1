/** What a service measures of itself, and how it is asked for it. */
package dev.standing.service.metrics;
