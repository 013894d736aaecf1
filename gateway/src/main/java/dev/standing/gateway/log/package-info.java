/** What the log tells of the request that a thread works for. */
package dev.standing.gateway.log;
