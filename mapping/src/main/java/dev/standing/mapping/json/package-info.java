/** What HTTP shows of customers and events. */
package dev.standing.mapping.json;
