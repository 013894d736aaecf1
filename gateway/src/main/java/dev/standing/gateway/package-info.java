/** The gateway: HTTP in, commands out, results back. */
package dev.standing.gateway;
